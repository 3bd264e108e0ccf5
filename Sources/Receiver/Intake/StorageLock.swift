internal import Glibc

/// Keeps a second receiver off the same storage: what the ledger holds is looked up
/// before it is written. The kernel lets go of it when the process ends.
final class StorageLock: Sendable {
    private let file: Int32

    init(_ storage: Storage) throws(StorageError) {
        let file = open(storage.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw .file(storage.lock, action: "open it", errno: errno) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw .unusable(
                storage.lock, problem: "another receiver serves this storage",
                advice: "stop it, or give this one a folder of its own")
        }
        self.file = file
    }

    deinit { close(file) }
}
