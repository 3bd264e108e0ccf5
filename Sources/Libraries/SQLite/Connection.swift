internal import CSQLite

/// One connection to one database file. Its owner's thread alone uses it.
package final class Connection {
    let handle: OpaquePointer
    let isWritable: Bool
    let log: WriteAheadLog
    /// Pages in the log at which they go into the database file.
    static let checkpointPages = 1_000
    var nextCheckpoint = checkpointPages
    private var cached: [String: Statement] = [:]

    /// - Parameters:
    ///   - fileSystem: the name of a registered VFS; `nil` for the system's.
    ///   - busyTimeout: milliseconds to wait for another connection's lock.
    package init(
        path: String, readOnly: Bool = false, fileSystem: String? = nil,
        busyTimeout: Int32 = 10_000
    ) throws(SQLiteError) {
        var opened: OpaquePointer?
        let flags =
            readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let code = sqlite3_open_v2(
            Self.uri(path), &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, fileSystem)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw SQLiteError(code: code, message: message, subject: path)
        }
        handle = opened
        isWritable = !readOnly
        let name = String(cString: sqlite3_db_filename(opened, "main"))
        // Who only reads leaves the log, and what its writer may be about, alone.
        log =
            readOnly
            ? WriteAheadLog()
            : .of("\(fileSystem ?? ""):\(name)") { Self.dropCache(opened) }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, busyTimeout)
        if isWritable { installCheckpoint() }
    }

    deinit {
        cached.removeAll()
        // While it is in doubt, the log alone holds what was committed.
        if log.isDoubtful { keepLog() }
        sqlite3_close_v2(handle)
    }

    /// With `psow=0` a commit's frames fill up the log's sector, so that a power cut in the
    /// next commit, which may spoil a whole sector, leaves them alone. SQLite takes for
    /// granted that it doesn't; SD cards give no such promise. To say so once the file
    /// is open has no effect.
    private static func uri(_ path: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var text = Array(path.hasPrefix("/") ? "file://".utf8 : "file:".utf8)
        for byte in path.utf8 {
            if plain.contains(byte) {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text + Array("?psow=0".utf8), as: UTF8.self)
    }

    /// Runs statements that take and give nothing.
    package func execute(_ sql: String) throws(SQLiteError) {
        try prepareToWrite()
        try perform(sql)
    }

    func perform(_ sql: String) throws(SQLiteError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error(sql) }
    }

    /// Runs one statement, compiled once and kept.
    package func run(_ sql: String, _ values: Value...) throws(SQLiteError) {
        try run(sql, values)
    }

    package func run(_ sql: String, _ values: [Value]) throws(SQLiteError) {
        try prepareToWrite()
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        while try statement.step() {}
    }

    /// Calls `row` for each row; the statement is compiled once and kept.
    package func each(
        _ sql: String, _ values: Value..., row: (Statement) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        try each(sql, values, row: row)
    }

    package func each(
        _ sql: String, _ values: [Value], row: (Statement) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        while try statement.step() { try row(statement) }
    }

    /// The first row, read by `read`; `nil` where there is none.
    package func first<T>(
        _ sql: String, _ values: Value..., read: (Statement) -> T
    ) throws(SQLiteError) -> T? {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        return try statement.step() ? read(statement) : nil
    }

    /// An integer that the statement always yields, such as a count or a pragma.
    package func integer(_ sql: String, _ values: Value...) throws(SQLiteError) -> Int64 {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : 0
    }

    /// All or nothing: commits what `body` did, or rolls back and throws.
    package func transaction<T>(
        _ body: () throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T {
        try begin()
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // SQLite may have rolled back by itself, as it does on a full disk.
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }

    private func begin() throws(SQLiteError) {
        while true {
            try execute("BEGIN IMMEDIATE")
            // While it waited for the lock, another's sync may have failed.
            guard isWritable, log.isDoubtful, (try? isLogged()) != false else { return }
            try perform("ROLLBACK")
        }
    }

    /// What the log holds stays there when the last connection closes.
    package func keepLog() { tg_keep_log(handle) }

    private var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    private func prepareToWrite() throws(SQLiteError) {
        if isWritable, log.isDoubtful, !isInTransaction { try renewLog() }
    }

    package var changes: Int { Int(sqlite3_changes64(handle)) }

    private func prepared(_ sql: String, _ values: [Value]) throws(SQLiteError) -> Statement {
        let statement: Statement
        if let known = cached[sql] {
            statement = known
        } else {
            statement = try Statement(sql, in: self)
            cached[sql] = statement
        }
        for (index, value) in values.enumerated() { statement.bind(value, at: index + 1) }
        return statement
    }

    func error(_ subject: String) -> SQLiteError {
        var code = sqlite3_extended_errcode(handle)
        note(code)
        // What was not synced may have gone since: the file is no witness.
        if isWritable, log.isDoubtful, !log.isUntried, code & 0xff == SQLITE_CORRUPT {
            code = SQLITE_IOERR
        }
        return SQLiteError(
            code: code, message: String(cString: sqlite3_errmsg(handle)), subject: subject)
    }
}
