package import Core
internal import SQLite

/// What waits, counted in the same time however much it is.
package struct OutboxFigures: Hashable, Sendable {
    /// Of the store now.
    package var epoch: String
    /// Records not yet in a batch.
    package var records: Int64
    package var batches: Int64
    package var batchRecords: Int64
    package var lastSequence: Int64
    package var deadLetters: Int64
    package var setAside: Int64
    /// Bytes of the file, without its WAL.
    package var fileBytes: Int64
    /// What the gap records of this store say was lost, by cause: sums of their counts
    /// since the store was made, in records long gone too.
    package var gaps: [GapRecord.Cause: Int64]

    init(_ connection: Connection) throws(SQLiteError) {
        epoch = try connection.metaText("epoch") ?? ""
        records = try connection.counter("outbox_records")
        batchRecords = try connection.counter("batch_records")
        lastSequence = try connection.meta("last_sequence") ?? 0
        batches = try connection.counter("batches")
        deadLetters = try connection.integer("SELECT count(*) FROM dead_letter")
        setAside = try connection.integer("SELECT count(*) FROM set_aside")
        fileBytes =
            try connection.integer("PRAGMA page_count") * connection.integer("PRAGMA page_size")
        gaps = try GapCounters.read(connection)
    }

    /// Looks into a store from outside, running or not.
    package static func read(directory: String) throws(StoreError) -> OutboxFigures {
        let connection = try StoreFile.openReadOnly(directory: directory)
        do {
            return try OutboxFigures(connection)
        } catch {
            throw .file("\(directory)/\(StoreFile.name)", error)
        }
    }
}
