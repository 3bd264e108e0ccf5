internal import CSQLite
internal import Glibc
internal import Synchronization

extension Connection {
    /// Ends any doubt about the log: what it holds goes into the database file, all of it, and
    /// the next commit begins at the log's start (behind its end, if somebody begins to read in
    /// that very moment). What may write begins with it; it does
    /// nothing where no doubt is. Three things could else undo a later commit:
    ///
    /// - the end of the last commit's padding, if a failed sync left it in the page cache
    ///   alone: the checksums of all that follows rest on it;
    /// - pages that a checkpoint wrote before its sync failed;
    /// - after a power cut, a log that ends within a sector (the padding's end is not synced):
    ///   the next commit would write into a sector that holds part of the last one.
    func renewLog() throws(SQLiteError) {
        let end = Self.clock() + Self.patience
        while log.isDoubtful {
            do {
                // A new file's log is looked after once there is one.
                guard try isLogged() else { return }
                try log.settle { () throws(SQLiteError) in
                    try syncFolder()
                    try log.checkpoints.withLock { _ throws(SQLiteError) in try transfer() }
                }
                nextCheckpoint = Self.checkpointPages
            } catch {
                guard error.isBusy else { throw error }
                if Self.clock() < end {
                    // The other connection is at it, or at a checkpoint.
                    usleep(1_000)
                } else {
                    // Somebody reads, and goes on to. At the start that is no reason to stay
                    // away: whoever was there before kept the log's index alive, and by its
                    // checksums the log is sound.
                    guard log.isUntried else { throw error }
                    log.trust()
                }
            }
        }
    }

    /// Seconds.
    private static let patience = 10

    private static func clock() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }

    /// Whether the journal is a write-ahead log. Opens the log and recovers from it.
    func isLogged() throws(SQLiteError) -> Bool {
        let statement = try Statement("PRAGMA journal_mode", in: self)
        defer { statement.reset() }
        return try statement.step() && statement.text(0) == "wal"
    }

    private func transfer() throws(SQLiteError) {
        do {
            // Nobody writes the log meanwhile.
            try perform("BEGIN IMMEDIATE")
            defer { try? perform("ROLLBACK") }
            let index = try WALIndex(file(SQLITE_FCNTL_FILE_POINTER))
            try WALCheck(file(SQLITE_FCNTL_JOURNAL_POINTER)).run(against: index)
            // A checkpoint that leaves the newest frames out does not sync the database file
            // and yet counts its frames as done: all of them once more.
            try index.forgetBackfill()
        }
        var (frames, done): (Int32, Int32) = (0, 0)
        let code = sqlite3_wal_checkpoint_v2(
            handle, "main", SQLITE_CHECKPOINT_RESTART, &frames, &done)
        guard code == SQLITE_OK else { throw error("wal_checkpoint(RESTART)") }
        guard frames == done else {
            throw SQLiteError(
                code: SQLITE_BUSY, message: "the log is in use", subject: "wal_checkpoint(RESTART)")
        }
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
        let code = log.checkpoints.withLockIfAvailable { _ in
            guard let file = try? file(SQLITE_FCNTL_FILE_POINTER),
                let index = try? WALIndex(file), index.backfilled < index.frames
            else { return SQLITE_OK }
            return sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        }
        note(code ?? SQLITE_BUSY)
        // Busy, or a disk in trouble: not again with each commit.
        nextCheckpoint = code == SQLITE_OK ? Self.checkpointPages : pages + Self.checkpointPages
    }

    /// A failed sync puts the log in doubt.
    func note(_ code: Int32) {
        if isWritable, code == SQLiteError.failedSync { log.doubt() }
    }

    /// Whether SQLite takes it for granted that a power cut spoils nothing but what was being
    /// written. Set when the file was opened, for good.
    package var assumesPowersafeOverwrite: Bool {
        guard let file = try? file(SQLITE_FCNTL_FILE_POINTER) else { return true }
        let traits = file.pointee.pMethods.pointee.xDeviceCharacteristics(file)
        return traits & SQLITE_IOCAP_POWERSAFE_OVERWRITE != 0
    }

    /// The beginning of the database file, as it stands there. To open the file beside SQLite,
    /// and to close it, would end all of SQLite's locks on it (https://sqlite.org/howtocorrupt.html,
    /// section 2.2).
    package func beginning(_ count: Int) throws(SQLiteError) -> [UInt8] {
        let file = try file(SQLITE_FCNTL_FILE_POINTER)
        var bytes = [UInt8](repeating: 0, count: count)
        let code = bytes.withUnsafeMutableBytes {
            file.pointee.pMethods.pointee.xRead(file, $0.baseAddress, Int32($0.count), 0)
        }
        guard code == SQLITE_OK else { throw SQLiteError(code, "can't be read", "the file") }
        return bytes
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

    /// The log as the medium holds it: the first connection of a process must not take for
    /// committed what an earlier one failed to sync.
    static func dropCache(_ handle: OpaquePointer) {
        guard sqlite3_file_control(handle, "main", forgetUnsynced, nil) == SQLITE_NOTFOUND,
            let path = sqlite3_filename_wal(sqlite3_db_filename(handle, "main"))
        else { return }
        PageCache.drop(String(cString: path))
    }

    /// The log's name too must outlive a power cut. SQLite syncs the folder after the log's
    /// first sync, and does not look at how that ends.
    private func syncFolder() throws(SQLiteError) {
        let code = sqlite3_file_control(handle, "main", Self.folderSync, nil)
        guard code == SQLITE_NOTFOUND else {
            guard code == SQLITE_OK else {
                throw SQLiteError(code, "can't be synced", "the folder")
            }
            return
        }
        let path = String(cString: sqlite3_db_filename(handle, "main"))
        let number = PageCache.syncFolder(of: path)
        guard number == 0 else {
            throw SQLiteError(
                SQLiteError.failedSync, String(cString: strerror(number)), "the folder of \(path)")
        }
    }

    /// File controls that a file system other than the system's may answer. Those above 100
    /// are free for applications.
    private static let (forgetUnsynced, folderSync): (Int32, Int32) = (7_461, 7_462)
}
