internal import Core
internal import SQLite

/// What can't be shipped and is kept for inspection.
enum SetAsideTable {
    /// Inside the caller's transaction.
    static func insert(
        _ data: [UInt8], _ what: String, reason: String, at time: Timestamp,
        in connection: Connection
    ) throws(SQLiteError) {
        try connection.run(
            "INSERT INTO set_aside (time, what, reason, data) VALUES (?, ?, ?, ?)",
            .integer(time.microseconds), .text(what), .text(reason), .blob(data))
    }
}
