internal import Core
internal import SQLite
internal import Wire

/// Sealed batches in the order in which they are sent. After a rescue they are of several
/// epochs, so that their own numbers don't tell them apart.
enum BatchTable {
    /// Inside the caller's transaction.
    static func insert(_ batch: Batch, in connection: Connection) throws(SQLiteError) {
        let records = Int64(batch.header.counts.total)
        try connection.run(
            "INSERT INTO batch (sequence, records, data) VALUES (?, ?, ?)",
            .integer(Int64(batch.header.sequence)), .integer(records), .blob(batch.bytes))
        try connection.add(1, to: "batches")
        try connection.add(records, to: "batch_records")
    }

    /// Inside the caller's transaction.
    static func remove(_ number: UInt64, in connection: Connection) throws(SQLiteError) {
        let number = Value.integer(Int64(number))
        let records = try connection.first(
            "SELECT records FROM batch WHERE number = ?", number
        ) { $0.integer(0) }
        guard let records else { return }
        try connection.run("DELETE FROM batch WHERE number = ?", number)
        try connection.add(-1, to: "batches")
        try connection.add(0 &- records, to: "batch_records")
    }
}
