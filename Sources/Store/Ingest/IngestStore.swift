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
    /// Of the journal.
    package private(set) var nextBlock: Int64 = 1
    private(set) var nextSeries: Int64 = 0
    private let lock: DirectoryLock

    /// Journal blocks are written often and read seldom.
    private static let level: Int32 = 1
    /// Of records in one block of the outbox, or a journal block, decompressed.
    static let blockLimit = 1 << 28

    /// - Parameters:
    ///   - machine: what tells this machine from others; `nil` where nothing does.
    ///   - fileSystem: of SQLite; `nil` for the system's.
    /// - Throws: `StoreError`; one with `damage` calls for a `StoreRescue`.
    package init(
        directory: String, gateway: String, machine: String? = nil, deadLetterLimit: Int,
        fileSystem: String? = nil
    ) throws(StoreError) {
        path = "\(directory)/\(StoreFile.name)"
        lock = try StoreFile.lock(directory: directory)
        try StoreSwap(directory: directory, lock: lock).finish()
        let witness = Witness(lock)
        // Another file system is a test's, and its files are not where we look.
        if fileSystem == nil, let damage = witness?.contradiction(file: path) {
            throw .damaged(path, damage)
        }
        connection = try StoreFile.open(
            directory: directory, gateway: gateway, machine: machine, fileSystem: fileSystem)
        self.deadLetterLimit = deadLetterLimit
        epoch = try StoreFile.epoch(in: connection, path: path)
        try catchUp()
        try open()
    }

    deinit { try? Witness.closed.write(to: lock, path: path) }

    /// From here on the write-ahead log is there.
    private func open() throws(StoreError) {
        do {
            try connection.transaction { () throws(SQLiteError) in
                let starts = try connection.meta("starts") ?? 0
                try connection.setMeta("starts", .integer(starts &+ 1))
            }
        } catch {
            throw .file(path, error)
        }
        try Witness.open.write(to: lock, path: path)
        // Of a test's file system there is no file.
        if DurableFile.exists(path) { try FirstPage(file: path).keep(from: connection) }
    }

    /// Looks up where the store ends: at the start, and after a commit of which nobody knows
    /// how it ended.
    package func catchUp() throws(StoreError) {
        do throws(SQLiteError) {
            // A trimmed journal must not give a number again.
            let lastBlock = max(
                try connection.integer("SELECT coalesce(max(number), 0) FROM journal"),
                try connection.meta("snapshot_block") ?? 0)
            nextSeries = try connection.integer("SELECT coalesce(max(number), -1) + 1 FROM series")
            // Half of all numbers are more than any gateway gives.
            guard lastBlock < .max / 2, nextSeries < .max / 2 else {
                throw SQLiteError.corrupt("a number that nobody gave", "journal or series")
            }
            nextBlock = lastBlock + 1
        } catch {
            throw .file(path, error)
        }
    }

    /// Writes all of it, and returns when it is on the disk. Throws with nothing written.
    package func commit(_ commit: Commit) throws(StoreError) {
        let block = commit.journal.isEmpty ? nextBlock - 1 : nextBlock
        let known = commit.snapshot?.known
        let entries = known.map { $0.isEmpty ? [] : $0.encoded() } ?? commit.journal
        let journal = entries.isEmpty ? [] : Zstd.compress(entries, level: Self.level)
        do {
            try connection.transaction { () throws(SQLiteError) in
                if known != nil {
                    try connection.run("DELETE FROM journal WHERE number <= ?", .integer(block))
                }
                if !journal.isEmpty {
                    try connection.run(
                        "INSERT INTO journal VALUES (?, ?, ?)", .integer(block),
                        .integer(Int64(known?.messages ?? commit.messages)), .blob(journal))
                }
                for (index, series) in commit.newSeries.enumerated() {
                    try SeriesTable.insert(
                        series, number: nextSeries + Int64(index), in: connection)
                }
                try insert(commit.deadLetters)
                try OutboxTable.insert(commit.records, at: commit.time, in: connection)
                if let snapshot = commit.snapshot { try write(snapshot, after: block) }
            }
        } catch {
            throw .file(path, error)
        }
        nextBlock = block + 1
        nextSeries += Int64(commit.newSeries.count)
    }

    /// How many dead letters a commit of so many new ones would drop, the new ones among
    /// them. Whoever commits must say so in a gap.
    package func evictions(adding letters: Int) throws(StoreError) -> Int {
        guard letters > 0 else { return 0 }
        do {
            let kept = try connection.integer("SELECT count(*) FROM dead_letter")
            return max(0, Int(kept) + letters - deadLetterLimit)
        } catch {
            throw .file(path, error)
        }
    }

    private func insert(_ letters: [DeadLetter]) throws(SQLiteError) {
        guard !letters.isEmpty else { return }
        for letter in letters.suffix(deadLetterLimit) {
            try connection.run(
                "INSERT INTO dead_letter (time, topic, reason, payload) VALUES (?, ?, ?, ?)",
                .integer(letter.time.microseconds), .blob(letter.topic), .text(letter.reason),
                .blob(letter.payload))
        }
        try connection.run(
            """
            DELETE FROM dead_letter WHERE number <=
                (SELECT number FROM dead_letter ORDER BY number DESC LIMIT 1 OFFSET ?)
            """, .integer(Int64(deadLetterLimit)))
    }

    private func write(
        _ snapshot: Commit.Snapshot, after block: Int64
    ) throws(SQLiteError) {
        for part in snapshot.parts { try SnapshotTable.insert(part, in: connection) }
        try SnapshotTable.Place(
            block: block, plan: snapshot.plan, series: Int64(snapshot.series)
        ).write(to: connection)
    }
}
