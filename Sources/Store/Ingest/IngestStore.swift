internal import Core
internal import Files
internal import SQLite
package import Wire
internal import Zstd

/// The side of the store that readings come in by: journal, snapshots, fresh records and
/// dead letters, each commit one transaction and one fsync. Its owner's thread alone uses
/// it.
package final class IngestStore {
    package let epoch: Epoch
    let connection: Connection
    let path: String
    private let deadLetterLimit: Int
    private var nextBlock: Int64 = 1
    private var nextSeries: Int64 = 0
    private let lock: DirectoryLock

    /// So many messages stay in the journal, older than the snapshot or not: the broker may
    /// hand them over again after a lost connection.
    package static let redeliverySpan = 32_768
    /// Journal blocks are written often and read seldom.
    private static let level: Int32 = 1
    /// Of records in one block of the outbox, or a journal block, decompressed.
    static let blockLimit = 1 << 28

    package init(
        directory: String, gateway: String, deadLetterLimit: Int, fileSystem: String? = nil
    ) throws(StoreError) {
        lock = try StoreFile.lock(directory: directory)
        connection = try StoreFile.open(
            directory: directory, gateway: gateway, fileSystem: fileSystem)
        path = "\(directory)/\(StoreFile.name)"
        self.deadLetterLimit = deadLetterLimit
        epoch = try StoreFile.epoch(in: connection, path: path)
        try catchUp()
    }

    /// Looks up where the store ends: at the start, and after a commit of which nobody knows
    /// how it ended.
    package func catchUp() throws(StoreError) {
        do {
            // A trimmed journal must not give a number again.
            nextBlock =
                max(
                    try connection.integer("SELECT coalesce(max(number), 0) FROM journal"),
                    try connection.meta("snapshot_block") ?? 0) + 1
            nextSeries = try connection.integer("SELECT coalesce(max(number), -1) + 1 FROM series")
        } catch {
            throw .file(path, error)
        }
    }

    /// Writes all of it, and returns when it is on the disk. Throws with nothing written.
    package func commit(_ commit: Commit) throws(StoreError) {
        let journal = commit.journal.isEmpty ? [] : Zstd.compress(commit.journal, level: Self.level)
        do {
            try connection.transaction { () throws(SQLiteError) in
                if !journal.isEmpty {
                    try connection.run(
                        "INSERT INTO journal VALUES (?, ?, ?)", .integer(nextBlock),
                        .integer(Int64(commit.messages)), .blob(journal))
                }
                for (index, series) in commit.newSeries.enumerated() {
                    var writer = ByteWriter()
                    writer.series(series)
                    try connection.run(
                        "INSERT INTO series VALUES (?, ?)", .integer(nextSeries + Int64(index)),
                        .blob(writer.bytes))
                }
                var records = commit.records
                try insert(commit.deadLetters, at: commit.time, &records)
                try OutboxTable.insert(records, at: commit.time, in: connection)
                let block = journal.isEmpty ? nextBlock - 1 : nextBlock
                if let snapshot = commit.snapshot { try write(snapshot, after: block) }
            }
        } catch {
            throw .file(path, error)
        }
        if !journal.isEmpty { nextBlock += 1 }
        nextSeries += Int64(commit.newSeries.count)
    }

    private func insert(
        _ letters: [DeadLetter], at time: Timestamp, _ records: inout RecordSet
    ) throws(SQLiteError) {
        guard !letters.isEmpty else { return }
        for letter in letters.suffix(deadLetterLimit) {
            try connection.run(
                "INSERT INTO dead_letter (time, topic, reason, payload) VALUES (?, ?, ?, ?)",
                .integer(letter.time.microseconds), .blob(letter.topic), .text(letter.reason),
                .blob(letter.payload))
        }
        var evicted = max(0, letters.count - deadLetterLimit)
        try connection.run(
            """
            DELETE FROM dead_letter WHERE number <=
                (SELECT max(number) FROM dead_letter) - ?
            """, .integer(Int64(deadLetterLimit)))
        evicted += connection.changes
        guard evicted > 0 else { return }
        records.gaps.append(
            GapRecord(
                cause: .deadLetterEvicted, subject: "dead_letter", from: letters[0].time, to: time,
                count: UInt64(evicted),
                detail: "more than \(deadLetterLimit) kept; see 'limits.dead_letters'"))
    }

    private func write(
        _ snapshot: Commit.Snapshot, after block: Int64
    ) throws(SQLiteError) {
        for part in snapshot.parts {
            try connection.run(
                "INSERT OR REPLACE INTO snapshot VALUES (?, ?)", .integer(Int64(part.key)),
                .blob(Zstd.compress(part.data, level: Self.level)))
        }
        try connection.setMeta("snapshot_block", .integer(block))
        try connection.setMeta("snapshot_plan", .integer(snapshot.plan))
        try connection.setMeta("snapshot_series", .integer(Int64(snapshot.series)))
        try trimJournal(through: block)
    }

    private func trimJournal(through block: Int64) throws(SQLiteError) {
        var kept = 0
        var oldest = block + 1
        try connection.each("SELECT number, messages FROM journal ORDER BY number DESC") { row in
            guard kept < Self.redeliverySpan else { return }
            kept += Int(row.integer(1))
            oldest = row.integer(0)
        }
        try connection.run(
            "DELETE FROM journal WHERE number < ? AND number <= ?", .integer(oldest),
            .integer(block))
    }
}
