#if canImport(Glibc)
    internal import Glibc
#endif

/// Keeps a second process off a directory of ours. The kernel lets go of it when the
/// process ends, however it ends. The file may hold a few words.
package final class DirectoryLock: Sendable {
    package enum Failure: Error {
        /// Another process holds it.
        case held
        /// `errno`, of opening or writing the file.
        case unusable(Int32)
    }

    private let file: Int32
    private static let contentLimit = 4_096

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

    package var content: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.contentLimit) { bytes, count in
            count = max(0, pread(file, bytes.baseAddress, Self.contentLimit, 0))
        }
    }

    /// Durable when it returns.
    package func setContent(_ bytes: [UInt8]) throws(Failure) {
        guard pwrite(file, bytes, bytes.count, 0) == bytes.count,
            ftruncate(file, off_t(bytes.count)) == 0, fsync(file) == 0
        else { throw .unusable(errno) }
    }
}
