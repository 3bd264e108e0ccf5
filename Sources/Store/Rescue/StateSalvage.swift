internal import Core
internal import SQLite
internal import Wire
internal import Zstd

/// The core's state in a damaged store: all of it or nothing, since a window with a hole
/// would count wrong and say nothing.
struct StateSalvage {
    private let source: Connection
    private let target: Connection

    init(from source: Connection, to target: Connection) {
        self.source = source
        self.target = target
    }

    /// - Returns: whether all of it could be read; else nothing was carried over.
    func carryWhole() throws(SQLiteError) -> Bool {
        var salvage = RowSalvage(source)
        var rows: [(sql: String, values: [Value])] = []
        let tables = [
            ("plan", "number", "text", "INSERT INTO plan VALUES (?, ?)"),
            ("series", "number", "data", "INSERT INTO series VALUES (?, ?)"),
            ("snapshot", "part", "data", "INSERT INTO snapshot VALUES (?, ?)"),
        ]
        // Else one stands under another's key: which, nobody knows, and two may have one.
        var isInOrder = true
        for (table, key, column, sql) in tables {
            var last: Int64?
            try salvage.each(table, key: key, column) { row throws(SQLiteError) in
                isInOrder = isInOrder && last.map { $0 < row.integer(0) } ?? true
                last = row.integer(0)
                rows.append((sql, [.integer(row.integer(0)), .blob(row.blob(1))]))
            }
        }
        var last: Int64?
        try salvage.each("journal", key: "number", "messages, data") { row throws(SQLiteError) in
            isInOrder = isInOrder && last.map { $0 < row.integer(0) } ?? true
            last = row.integer(0)
            rows.append(
                (
                    "INSERT INTO journal VALUES (?, ?, ?)",
                    [.integer(row.integer(0)), .integer(row.integer(1)), .blob(row.blob(2))]
                ))
        }
        let names = ["snapshot_block", "snapshot_plan", "snapshot_series", "snapshot_check"]
        for name in names {
            guard let value = try? source.meta(name) else {
                // Older stores have no check.
                if name == "snapshot_check" { continue }
                return false
            }
            rows.append(
                ("INSERT OR REPLACE INTO meta VALUES (?, ?)", [.text(name), .integer(value)]))
        }
        guard salvage.isWhole, isInOrder else { return false }
        for row in rows { try target.run(row.sql, row.values) }
        return true
    }

    struct Lost {
        /// That may have been in windows that were open, at most.
        var messages: UInt64 = 0
        var since: Timestamp?
        /// Whether there may have been more.
        var isWhole = true
    }

    /// What the broker may hand over again is known by its hash, so that it does not count
    /// twice; what the messages said is lost.
    func carryKnownMessages() throws(SQLiteError) -> Lost {
        let lastSnapshot = try? source.meta("snapshot_block")
        let snapshotBlock = lastSnapshot ?? 0
        var topics = snapshotTopics()
        var known = JournalBlock()
        var lost = Lost()
        var last: Int64?
        var salvage = RowSalvage(source)
        try salvage.each("journal", key: "number", "messages, data") { row throws(SQLiteError) in
            let number = row.integer(0)
            let isSince = number > snapshotBlock
            // Topics are numbered in the order of their coming: behind a hole nobody knows.
            if isSince, number != (last ?? snapshotBlock) &+ 1 { topics = topics.map(\.frozen) }
            last = max(number, snapshotBlock)
            guard let raw = try? Zstd.decompress(row.blob(2), limit: IngestStore.blockLimit),
                let entries = try? JournalBlock.decode(raw)
            else {
                if isSince {
                    topics = topics.map(\.frozen)
                    lost.messages =
                        [lost.messages, UInt64(clamping: row.integer(1))].saturatingSum
                }
                return
            }
            if isSince {
                lost.messages =
                    [lost.messages, UInt64(entries.count(where: \.isMessage))]
                    .saturatingSum
            }
            for entry in entries {
                if case .topic(let topic) = entry, isSince { topics?.append(topic) }
                known.append(known: entry, topics: topics?.known ?? [])
                if isSince { lost.since = lost.since ?? entry.time }
            }
        }
        // Windows that were open at a later snapshot than the first hold messages that only it
        // counts.
        lost.isWhole = salvage.isWhole && lastSnapshot == 0
        guard known.messages > 0 else { return lost }
        try target.run(
            "INSERT INTO journal VALUES (1, ?, ?)", .integer(Int64(known.messages)),
            .blob(Zstd.compress(known.encoded(), level: 1)))
        return lost
    }

    private func snapshotTopics() -> KnownTopics? {
        let data = try? source.first("SELECT data FROM snapshot WHERE part = 1") { $0.blob(0) }
        guard let data else { return KnownTopics() }
        guard let part = try? SnapshotTable.part(1, decoding: data),
            let topics = try? Engine.topics(inPart: part.data)
        else { return nil }
        return KnownTopics(topics)
    }
}

/// Topics by number, as far as the numbers are sure.
private struct KnownTopics {
    private(set) var known: [[UInt8]]
    private var isFrozen = false

    init(_ known: [[UInt8]] = []) { self.known = known }

    mutating func append(_ topic: [UInt8]) { if !isFrozen { known.append(topic) } }

    var frozen: KnownTopics {
        var copy = self
        copy.isFrozen = true
        return copy
    }
}
