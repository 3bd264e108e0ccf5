internal import Glibc

/// What the kernel shows of a file, and what the medium holds.
enum PageCache {
    /// Makes the file read as the medium holds it, whatever an earlier process failed to
    /// sync. Before the file is used; it may be missing.
    static func drop(_ path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        // What is still to be written gets its chance. How that ends does not matter: what
        // counts is what is found.
        _ = fsync(file)
        _ = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    }

    /// - Returns: `errno`; 0 when all is well.
    static func syncFolder(of path: String) -> Int32 {
        let end = path.lastIndex(of: "/")
        let name = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return errno }
        defer { close(folder) }
        return fsync(folder) == 0 ? 0 : errno
    }
}
