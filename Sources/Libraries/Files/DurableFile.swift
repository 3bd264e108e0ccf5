#if canImport(Glibc)
    internal import Glibc
#endif

/// Files that outlive a power cut once the call has returned.
package enum DurableFile {
    /// Puts `content` at `path`, whole or not at all, in place of what was there.
    package static func write(_ content: [UInt8], to path: String) throws(FileError) {
        let draft = path + ".tmp"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw FileError(draft, "create it", number: errno) }
        do throws(FileError) {
            defer { close(file) }
            try write(content, to: file, draft)
            guard fsync(file) == 0 else { throw FileError(draft, "sync it", number: errno) }
        } catch {
            // Its room is what others may lack now.
            unlink(draft)
            throw error
        }
        guard Glibc.rename(draft, path) == 0 else {
            throw FileError(draft, "rename it to \(path)", number: errno)
        }
        try syncFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)))
    }

    private static func write(
        _ content: [UInt8], to file: Int32, _ path: String
    ) throws(FileError) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path, "write it", number: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes the folders that are missing, outermost first. Syncs those that were there,
    /// too: who made them may have been killed before it did. Removes those that it made if it
    /// throws: after a sync that failed the kernel takes their names for written, and the next
    /// one would say so.
    ///
    /// - Parameter sync: of a folder.
    package static func makeFolders(
        _ paths: [String], sync: (String) throws(FileError) -> Void = DurableFile.syncFolder
    ) throws(FileError) {
        var made: [String] = []
        do throws(FileError) {
            for path in paths {
                if mkdir(path, 0o750) == 0 {
                    made.append(path)
                } else if errno != EEXIST {
                    throw FileError(path, "create the folder", number: errno)
                }
            }
            for path in paths { try sync(path) }
        } catch {
            for path in made.reversed() { rmdir(path) }
            throw error
        }
    }

    package static func syncFolder(_ path: String) throws(FileError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw FileError(path, "open the folder", number: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else {
            throw FileError(path, "sync the folder", number: errno)
        }
    }

    /// - Parameter limit: bytes; of a longer file one more than that is read.
    package static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileError(path, "open it", number: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileError(path, "read it", number: errno) }
        var content = [UInt8](
            repeating: 0,
            count: max(0, min(Int(status.st_size), limit == .max ? .max : limit + 1)))
        var filled = 0
        while filled < content.count {
            let count = content[filled...].withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path, "read it", number: errno) }
            if count == 0 { break }
            filled += count
        }
        return Array(content[..<filled])
    }

    /// Gives a file another name in the same folder; does nothing where there is none.
    package static func rename(_ path: String, to new: String) throws(FileError) {
        guard Glibc.rename(path, new) == 0 || errno == ENOENT else {
            throw FileError(path, "rename it to \(new)", number: errno)
        }
    }

    /// Does nothing where there is none.
    package static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw FileError(path, "remove it", number: errno)
        }
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Bytes.
    package static func size(_ path: String) throws(FileError) -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw FileError(path, "look at it", number: errno)
        }
        return Int(status.st_size)
    }

    /// Puts bytes at the beginning of a file; the rest stays.
    package static func overwrite(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileError(path, "open it", number: errno) }
        defer { close(file) }
        try write(bytes, to: file, path)
        guard fsync(file) == 0 else { throw FileError(path, "sync it", number: errno) }
    }

    /// For a file that another writes.
    package static func sync(_ path: String) throws(FileError) {
        try overwrite(path, with: [])
    }
}
