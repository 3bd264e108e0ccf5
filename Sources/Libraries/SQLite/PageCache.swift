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
}
