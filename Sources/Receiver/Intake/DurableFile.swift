internal import Glibc

/// Files that outlive a power cut once the call has returned.
enum DurableFile {
    /// Puts `content` at `path`, whole or not at all, in place of what was there.
    static func write(_ content: [UInt8], to path: String) throws(StorageError) {
        let draft = path + ".tmp"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw .file(draft, action: "create it", errno: errno) }
        do throws(StorageError) {
            defer { close(file) }
            try write(content, to: file, draft)
            guard fsync(file) == 0 else { throw .file(draft, action: "sync it", errno: errno) }
        } catch {
            // Its room is what others may lack now.
            unlink(draft)
            throw error
        }
        guard rename(draft, path) == 0 else {
            throw .file(draft, action: "rename it to \(path)", errno: errno)
        }
        try syncFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)))
    }

    private static func write(
        _ content: [UInt8], to file: Int32, _ path: String
    ) throws(StorageError) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .file(path, action: "write it", errno: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes the folders that are missing, outermost first. Syncs those that were there,
    /// too: who made them may have been killed before it did.
    static func makeFolders(_ paths: [String]) throws(StorageError) {
        for path in paths {
            guard mkdir(path, 0o750) == 0 || errno == EEXIST else {
                throw .file(path, action: "create the folder", errno: errno)
            }
        }
        for path in paths { try syncFolder(path) }
    }

    private static func syncFolder(_ path: String) throws(StorageError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .file(path, action: "open the folder", errno: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else {
            throw .file(path, action: "sync the folder", errno: errno)
        }
    }

    /// - Parameter limit: bytes; a file that has more was not written by `write`.
    static func read(_ path: String, limit: Int) throws(StorageError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .file(path, action: "open it", errno: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .file(path, action: "read it", errno: errno) }
        guard status.st_size <= limit else {
            throw .unusable(
                path, problem: "damaged: \(status.st_size) bytes where \(limit) were received",
                advice: "left out; put the file back from a backup")
        }
        var content = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < content.count {
            let count = content[filled...].withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .file(path, action: "read it", errno: errno) }
            if count == 0 { break }
            filled += count
        }
        return Array(content[..<filled])
    }
}
