internal import Core
internal import SQLite
internal import Wire
internal import Zstd

/// Blocks of the outbox made ready to be sealed, and what of them can't be read.
struct Draft {
    struct Unreadable {
        let block: OutboxTable.Block
        let reason: String
    }

    /// The numbers of windows that a batch may hold, less those of one block: a receiver
    /// takes four million (docs/wire-format.md, "Limits").
    private static let fullBatch = 3_000_000

    /// Those that the draft is of, the oldest of the given ones: all, or as many as a
    /// receiver takes at once.
    private(set) var blocks: ArraySlice<OutboxTable.Block> = []
    private(set) var records = RecordSet()
    private(set) var unreadable: [Unreadable] = []
    /// What is to be said of it: not among the records, since it tells when that was found.
    private(set) var newGaps: [GapRecord] = []

    /// - Parameter series: by number; `nil` for one that can't be read.
    init(
        _ blocks: [OutboxTable.Block], now: Timestamp,
        series: (SeriesID) throws(SQLiteError) -> Series?
    ) throws(SQLiteError) {
        var numbers = 0
        for (place, block) in blocks.enumerated() where numbers < Self.fullBatch {
            self.blocks = blocks[...place]
            do {
                let raw = try Zstd.decompress(block.data, limit: IngestStore.blockLimit)
                let found = try RecordSet(decoding: raw, closed: false)
                numbers += found.windows.reduce(0) { $0 + $1.values.count + 1 }
                records.append(found)
            } catch {
                unreadable.append(Unreadable(block: block, reason: "\(error)"))
            }
        }
        var known: [SeriesID: Series] = [:]
        for number in records.usedSeries { known[number] = try series(number) }
        let count = records.counts.total
        records.windows.removeAll { known[$0.series] == nil }
        records.samples.removeAll { known[$0.series] == nil }
        newGaps = gaps(
            nameless: count - records.counts.total, from: blocks.first?.created ?? now, to: now)
        records = records.resolved { known[$0]! }
    }

    private func gaps(
        nameless: Int, from: Timestamp, to now: Timestamp
    ) -> [GapRecord] {
        var gaps = unreadable.map { unreadable in
            GapRecord(
                cause: .unreadable, subject: "outbox block \(unreadable.block.number)",
                from: min(unreadable.block.created, now), to: now,
                count: UInt64(unreadable.block.records),
                detail: "set aside: \(unreadable.reason)")
        }
        if nameless > 0 {
            gaps.append(
                GapRecord(
                    cause: .unreadable, subject: "series", from: min(from, now), to: now,
                    count: UInt64(nameless),
                    detail: "windows and samples whose series the store has lost"))
        }
        return gaps
    }
}
