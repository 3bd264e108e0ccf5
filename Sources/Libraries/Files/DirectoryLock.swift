#if canImport(Glibc)
    internal import Glibc
#endif

/// Keeps a second process off a directory of ours. The kernel lets go of it when the
/// process ends, however it ends.
package final class DirectoryLock: Sendable {
    package enum Failure: Error {
        /// Another process holds it.
        case held
        /// `errno`, of opening the file.
        case unusable(Int32)
    }

    private let file: Int32

    /// - Parameter path: of the lock's file, made when missing.
    package init(_ path: String) throws(Failure) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw .unusable(errno) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw .held
        }
        self.file = file
    }

    deinit { close(file) }
}
