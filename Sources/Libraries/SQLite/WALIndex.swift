internal import CSQLite

/// The memory in which connections share what they know of the log
/// (https://sqlite.org/walformat.html, section 2.1), in the machine's own byte order.
struct WALIndex {
    private let file: UnsafeMutablePointer<sqlite3_file>
    private let memory: UnsafeMutableRawPointer

    private static let size: Int32 = 32_768
    private static let framesOffset = 16
    private static let sumsOffset = 24
    private static let backfillOffset = 96
    private static let checkpointLock: Int32 = 1

    /// - Parameter file: the database's.
    init(_ file: UnsafeMutablePointer<sqlite3_file>) throws(SQLiteError) {
        self.file = file
        var memory: UnsafeMutableRawPointer?
        let code = file.pointee.pMethods.pointee.xShmMap(file, 0, Self.size, 0, &memory)
        guard code == SQLITE_OK, let memory else {
            throw SQLiteError(code, "can't be mapped", "the index of the log")
        }
        self.memory = memory
    }

    /// Committed ones in the log.
    var frames: Int {
        Int(memory.load(fromByteOffset: Self.framesOffset, as: UInt32.self))
    }

    /// So many of them are in the database file.
    var backfilled: Int {
        Int(memory.load(fromByteOffset: Self.backfillOffset, as: UInt32.self))
    }

    /// The checksums up to the last frame. While the log's write lock is held.
    var sums: (UInt32, UInt32) {
        (
            memory.load(fromByteOffset: Self.sumsOffset, as: UInt32.self),
            memory.load(fromByteOffset: Self.sumsOffset + 4, as: UInt32.self)
        )
    }

    /// The next checkpoint begins with the first frame. While the log's write lock is held.
    func forgetBackfill() throws(SQLiteError) {
        let methods = file.pointee.pMethods.pointee
        let (lock, unlock) = (
            SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE
        )
        let code = methods.xShmLock(file, Self.checkpointLock, 1, lock)
        guard code == SQLITE_OK else {
            throw SQLiteError(code, "can't be locked", "the index of the log")
        }
        memory.storeBytes(of: 0, toByteOffset: Self.backfillOffset, as: UInt32.self)
        methods.xShmBarrier(file)
        _ = methods.xShmLock(file, Self.checkpointLock, 1, unlock)
    }
}
