internal import CSQLite

/// One connection to one database file. Its owner's thread alone uses it.
package final class Connection {
    let handle: OpaquePointer
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
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, fileSystem)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw SQLiteError(code: code, message: message, subject: path)
        }
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, busyTimeout)
    }

    deinit {
        cached.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs statements that take and give nothing.
    package func execute(_ sql: String) throws(SQLiteError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error(sql) }
    }

    /// Runs one statement, compiled once and kept.
    package func run(_ sql: String, _ values: Value...) throws(SQLiteError) {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        while try statement.step() {}
    }

    /// Calls `row` for each row; the statement is compiled once and kept.
    package func each(
        _ sql: String, _ values: Value..., row: (Statement) throws(SQLiteError) -> Void
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
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // SQLite may have rolled back by itself, as it does on a full disk.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
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
        SQLiteError(
            code: sqlite3_extended_errcode(handle),
            message: String(cString: sqlite3_errmsg(handle)),
            subject: subject)
    }
}
