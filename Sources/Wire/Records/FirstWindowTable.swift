internal import Core

/// Windows as the first gateways wrote them (docs/wire-format.md, "Window table, schema 1"):
/// in batches that a receiver holds, and in blocks of an outbox.
enum FirstWindowTable {
    /// Held a reading whose own time lay too far in the future.
    private static let timeSubstituted: UInt8 = 2

    static func decode(
        from reader: inout ByteReader, budget: inout DecodingBudget
    ) throws(FormatError) -> [WindowRecord] {
        let layout = try layout(from: &reader)
        let size = layout.shape.size ?? 0
        // Series or start differs from row to row, which takes a byte.
        let rows = try reader.count()
        try budget.take(records: rows, numbersInEach: layout.aggregates.count + 1)
        let series = try IntegerColumn.decode(rows, as: SeriesID.self, "series", from: &reader)
        let starts = try TimeColumn.decode(rows, "start", from: &reader)
        let flags = try IntegerColumn.decode(rows, as: UInt8.self, "set of flags", from: &reader)
        let columns = try WindowTable.decodeValues(rows, layout.aggregates, from: &reader)
        var windows: [WindowRecord] = []
        windows.reserveCapacity(rows)
        for row in 0..<rows {
            let start = try Timestamp(decoded: starts[row])
            guard size <= .latest - start else {
                throw .malformed("a window that ends after the year 9999")
            }
            let isSubstituted = flags[row] & timeSubstituted != 0
            windows.append(
                WindowRecord(
                    series: series[row], start: start, end: start + size, layout: layout,
                    flags: .partial.intersection(.init(rawValue: flags[row])),
                    quality: isSubstituted ? Quality(.uncertain, .substituted) : .good,
                    values: columns.map { $0[row] }))
        }
        return windows
    }

    /// All windows were tumbling ones.
    private static func layout(from reader: inout ByteReader) throws(FormatError) -> WindowLayout {
        let size = try reader.signed()
        guard size > 0 else { throw .malformed("a window of \(size) us") }
        var aggregates: [Aggregate] = []
        var known: Set<Aggregate> = []
        for _ in 0..<(try reader.count()) {
            let aggregate = try reader.aggregate()
            guard isFirst(aggregate), known.insert(aggregate).inserted else {
                throw .malformed("\(aggregate.name) in a window of schema 1, or twice")
            }
            aggregates.append(aggregate)
        }
        return WindowLayout(shape: .tumbling(size: size), aggregates: aggregates)
    }

    /// Whether schema 1 had it.
    private static func isFirst(_ aggregate: Aggregate) -> Bool {
        if case .quantile = aggregate { return true }
        return Aggregate.simple.prefix(8).contains(aggregate)
    }
}
