internal import CSQLite
internal import Glibc

extension Connection {
    /// Returns when all that this connection can read is on the medium. At once where no
    /// doubt is; else the log is written back and synced, and the database file gets anew
    /// all that the log holds. Statements outside a transaction, and transactions, begin
    /// with it by themselves.
    package func makeDurable() throws(SQLiteError) {
        guard isWritable, log.isDoubtful else { return }
        try log.settle { () throws(SQLiteError) in
            // Nobody else writes the log, or starts it anew, meanwhile.
            try execute("BEGIN IMMEDIATE")
            defer { try? execute("ROLLBACK") }
            guard try isLogged() else { return }
            try rewriteLog()
            try forgetBackfill()
        }
    }

    /// Whether the journal is a write-ahead log.
    private func isLogged() throws(SQLiteError) -> Bool {
        let statement = try Statement("PRAGMA journal_mode", in: self)
        defer { statement.reset() }
        return try statement.step() && statement.text(0) == "wal"
    }

    private static let portion = 65_536

    /// Makes each page of the log dirty again in the kernel's eyes, and syncs it.
    private func rewriteLog() throws(SQLiteError) {
        let file = try file(SQLITE_FCNTL_JOURNAL_POINTER)
        let methods = file.pointee.pMethods.pointee
        var size: sqlite3_int64 = 0
        try check(methods.xFileSize(file, &size))
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: Self.portion, alignment: 16)
        defer { buffer.deallocate() }
        for offset in stride(from: 0, to: size, by: Self.portion) {
            let count = Int32(min(size - offset, Int64(Self.portion)))
            try check(methods.xRead(file, buffer, count, offset))
            try check(methods.xWrite(file, buffer, count, offset))
        }
        try check(methods.xSync(file, SQLITE_SYNC_NORMAL))
    }

    /// A checkpoint that left the newest frames out does not sync the database file and yet
    /// counts its frames as done; if a later sync fails, their pages are lost. The log still
    /// holds them: the count begins at 0 (https://sqlite.org/walformat.html, section 2.3).
    private func forgetBackfill() throws(SQLiteError) {
        let file = try file(SQLITE_FCNTL_FILE_POINTER)
        let methods = file.pointee.pMethods.pointee
        let (checkpointLock, backfillOffset): (Int32, Int) = (1, 96)
        let flags = SQLITE_SHM_EXCLUSIVE
        var code = methods.xShmLock(file, checkpointLock, 1, SQLITE_SHM_LOCK | flags)
        // The other connection is at a checkpoint: it takes milliseconds.
        for _ in 0..<10_000 where code == SQLITE_BUSY {
            usleep(1_000)
            code = methods.xShmLock(file, checkpointLock, 1, SQLITE_SHM_LOCK | flags)
        }
        try check(code)
        defer { _ = methods.xShmLock(file, checkpointLock, 1, SQLITE_SHM_UNLOCK | flags) }
        var index: UnsafeMutableRawPointer?
        try check(
            withUnsafeMutablePointer(to: &index) { target in
                target.withMemoryRebound(to: Optional<UnsafeMutableRawPointer>.self, capacity: 1) {
                    methods.xShmMap(file, 0, 32_768, 0, $0)
                }
            })
        index?.storeBytes(of: 0, toByteOffset: backfillOffset, as: UInt32.self)
        methods.xShmBarrier(file)
    }

    /// SQLite's own automatic checkpoint says nothing when it fails; this one does.
    func installCheckpoint() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                let connection = Unmanaged<Connection>.fromOpaque(context)
                connection._withUnsafeGuaranteedRef { $0.checkpointIfDue(pages: Int(pages)) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func checkpointIfDue(pages: Int) {
        guard pages >= nextCheckpoint else { return }
        let code = sqlite3_wal_checkpoint_v2(
            handle, "main", SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        note(code)
        // Busy, or a disk in trouble: not again with each commit.
        nextCheckpoint = code == SQLITE_OK ? Self.checkpointPages : pages + Self.checkpointPages
    }

    /// A failed sync puts the log in doubt.
    func note(_ code: Int32) {
        if isWritable, code == Self.failedSync { log.doubt() }
    }

    /// SQLITE_IOERR_FSYNC, whose macro Swift does not import.
    private static let failedSync = SQLITE_IOERR | 4 << 8

    /// Whether SQLite takes it for granted that a power cut spoils nothing but what was being
    /// written. Set when the file was opened, for good.
    package var assumesPowersafeOverwrite: Bool {
        guard let file = try? file(SQLITE_FCNTL_FILE_POINTER) else { return true }
        let traits = file.pointee.pMethods.pointee.xDeviceCharacteristics(file)
        return traits & SQLITE_IOCAP_POWERSAFE_OVERWRITE != 0
    }

    private func file(
        _ which: Int32
    ) throws(SQLiteError) -> UnsafeMutablePointer<sqlite3_file> {
        var file: UnsafeMutablePointer<sqlite3_file>?
        let code = sqlite3_file_control(handle, "main", which, &file)
        guard code == SQLITE_OK, let file, file.pointee.pMethods != nil else {
            throw SQLiteError(
                code: code, message: "no such open file", subject: "file control \(which)")
        }
        return file
    }

    private func check(_ code: Int32) throws(SQLiteError) {
        guard code != SQLITE_OK else { return }
        note(code)
        throw SQLiteError(
            code: code, message: String(cString: sqlite3_errstr(code)),
            subject: "writing the log once more")
    }
}
