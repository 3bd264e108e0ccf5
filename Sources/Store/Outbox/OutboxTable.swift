internal import Core
internal import SQLite
internal import Wire
internal import Zstd

/// Blocks of finished records, fresh ones at the end.
enum OutboxTable {
    private static let level: Int32 = 3
    /// About 100 KiB: a commit that closes half a million windows still makes batches that
    /// the receiver takes.
    private static let windowsInBlock = 8_192
    private static let samplesInBlock = 32_768
    /// Where windows have many values each.
    private static let numbersInBlock = 500_000

    /// Inside the caller's transaction.
    ///
    /// - Parameter areGapsCounted: whether this store's sums know its gaps already.
    static func insert(
        _ records: RecordSet, at time: Timestamp, in connection: Connection,
        areGapsCounted: Bool = false
    ) throws(SQLiteError) {
        if !areGapsCounted { try GapCounters.add(records.gaps, in: connection) }
        var rest = records.ordered()
        while let part = cut(
            &rest.windows, after: windowsInBlock, weighing: { $0.values.count + 1 })
        {
            try insertBlock(RecordSet(windows: part), at: time, in: connection)
        }
        while let part = cut(&rest.samples, after: samplesInBlock, weighing: { _ in 0 }) {
            try insertBlock(RecordSet(samples: part), at: time, in: connection)
        }
        try insertBlock(rest, at: time, in: connection)
    }

    /// Takes off the first records where they are more than fit one block.
    private static func cut<Record>(
        _ records: inout [Record], after limit: Int, weighing numbers: (Record) -> Int
    ) -> [Record]? {
        var (count, weight) = (0, 0)
        for record in records.prefix(limit) {
            weight += numbers(record)
            guard weight <= numbersInBlock || count == 0 else { break }
            count += 1
        }
        guard count < records.count else { return nil }
        defer { records.removeFirst(count) }
        return Array(records.prefix(count))
    }

    private static func insertBlock(
        _ records: RecordSet, at time: Timestamp, in connection: Connection
    ) throws(SQLiteError) {
        guard !records.isEmpty else { return }
        let raw = records.encoded()
        try connection.run(
            "INSERT INTO outbox (created, records, raw_bytes, data) VALUES (?, ?, ?, ?)",
            .integer(time.microseconds), .integer(Int64(records.counts.total)),
            .integer(Int64(raw.count)), .blob(Zstd.compress(raw, level: level)))
        try connection.add(Int64(records.counts.total), to: "outbox_records")
    }

    /// Inside the caller's transaction.
    static func remove(_ blocks: ArraySlice<Block>, in connection: Connection) throws(SQLiteError) {
        guard let last = blocks.last else { return }
        try connection.run("DELETE FROM outbox WHERE number <= ?", .integer(last.number))
        try connection.add(-blocks.map(\.records).saturatingSum, to: "outbox_records")
    }

    struct Block {
        let number: Int64
        let created: Timestamp
        let records: Int64
        let rawBytes: Int
        let data: [UInt8]

        /// - Parameter row: number, created, records, raw_bytes, data.
        init(_ row: Statement) {
            number = row.integer(0)
            created = Timestamp(microseconds: max(0, row.integer(1)))
            records = max(0, row.integer(2))
            rawBytes = Int(max(0, row.integer(3)))
            data = row.blob(4)
        }
    }

    /// Blocks of so many records make a batch, however small they are: the receiver takes a
    /// million, their series among them (docs/wire-format.md, "Limits").
    private static let fullBatch: Int64 = 400_000

    /// Whether blocks make a batch of `size` bytes decompressed.
    static func areEnough(_ blocks: [Block], for size: Int) -> Bool {
        blocks.map(\.rawBytes).saturatingSum >= size || isFull(blocks)
    }

    static func isFull(_ blocks: [Block]) -> Bool {
        blocks.map(\.records).saturatingSum >= fullBatch
    }

    /// The oldest blocks, until they are enough for `size` bytes decompressed.
    static func oldest(
        upTo size: Int, in connection: Connection
    ) throws(SQLiteError) -> [Block] {
        var blocks: [Block] = []
        var last: Int64 = 0
        while !areEnough(blocks, for: size) {
            let next = try connection.first(
                """
                SELECT number, created, records, raw_bytes, data FROM outbox
                WHERE number > ? ORDER BY number LIMIT 1
                """, .integer(last)
            ) { Block($0) }
            guard let next else { break }
            blocks.append(next)
            last = next.number
        }
        return blocks
    }
}
