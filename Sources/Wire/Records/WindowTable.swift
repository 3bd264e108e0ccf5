internal import Core

/// Windows of one layout in columns (docs/wire-format.md, "Window table").
enum WindowTable {
    private static let knownFlags: WindowRecord.Flags = [.partial, .amendment, .early]
    /// More than anyone asks for; so many distinct ones would take the memory of a batch.
    private static let aggregateLimit = 4_096

    /// - Precondition: not empty, all of one layout.
    static func encode(_ windows: ArraySlice<WindowRecord>, into writer: inout ByteWriter) {
        let layout = windows[windows.startIndex].layout
        writer.layout(layout)
        writer.count(windows.count)
        IntegerColumn.encode(windows.lazy.map { Int64($0.series) }, into: &writer)
        TimeColumn.encode(windows.map(\.start.microseconds), into: &writer)
        let size = layout.shape.size ?? 0
        TimeColumn.encode(windows.map { ($0.end - $0.start) &- size }, into: &writer)
        IntegerColumn.encode(windows.lazy.map { Int64($0.revision) }, into: &writer)
        IntegerColumn.encode(windows.lazy.map { Int64($0.flags.rawValue) }, into: &writer)
        QualityColumns.encode(windows.map(\.quality), into: &writer)
        encodeValues(windows, layout.aggregates, into: &writer)
    }

    private static func encodeValues(
        _ windows: ArraySlice<WindowRecord>, _ aggregates: [Aggregate],
        into writer: inout ByteWriter
    ) {
        let columns = aggregates.indices.map { index in windows.map { $0.values[index] } }
        var earlier: [BaseColumn?] = []
        for (column, aggregate) in zip(columns, aggregates) {
            let derived = Derivation(of: aggregate, in: aggregates)?.column(columns)
            if let derived, zip(column, derived).allSatisfy({ $0?.normalized == $1?.normalized }) {
                NumberColumn.encodeDerived(into: &writer)
                earlier.append(nil)
            } else {
                NumberColumn.encode(column, after: earlier, into: &writer)
                earlier.append(BaseColumn(column))
            }
        }
    }

    static func decode(
        from reader: inout ByteReader, budget: inout DecodingBudget
    ) throws(FormatError) -> [WindowRecord] {
        // A look ahead: the list is in memory before anything can be said of it.
        var ahead = reader
        _ = try ahead.shape()
        guard try ahead.count() <= aggregateLimit else {
            throw .malformed("more than \(aggregateLimit) aggregates in a window")
        }
        let layout = try reader.layout()
        // Amendments may be alike in everything: the budget alone bounds them.
        let rows = try reader.count(ofAtLeast: 0)
        try budget.take(records: rows, numbersInEach: layout.aggregates.count + 1)
        let series = try IntegerColumn.decode(rows, as: SeriesID.self, "series", from: &reader)
        let starts = try TimeColumn.decode(rows, "start", from: &reader)
        let ends = try TimeColumn.decode(rows, "length", from: &reader)
        let revisions = try IntegerColumn.decode(rows, as: UInt32.self, "revision", from: &reader)
        let flags = try IntegerColumn.decode(rows, as: UInt8.self, "set of flags", from: &reader)
        let qualities = try QualityColumns.decode(rows, from: &reader)
        let columns = try decodeValues(rows, layout.aggregates, from: &reader)
        var windows: [WindowRecord] = []
        windows.reserveCapacity(rows)
        for row in 0..<rows {
            let flags = WindowRecord.Flags(rawValue: flags[row])
            guard knownFlags.isSuperset(of: flags) else {
                throw .malformed("a window with flags \(flags.rawValue)")
            }
            let (start, end) = try bounds(starts[row], ends[row], layout.shape)
            windows.append(
                WindowRecord(
                    series: series[row], start: start, end: end, layout: layout,
                    revision: revisions[row], flags: flags, quality: qualities[row],
                    values: columns.map { $0[row] }))
        }
        return windows
    }

    /// - Parameter excess: how much longer the window is than its shape's size.
    private static func bounds(
        _ start: Int64, _ excess: Int64, _ shape: WindowShape
    ) throws(FormatError) -> (Timestamp, Timestamp) {
        let start = try Timestamp(decoded: start)
        let (length, first) = excess.addingReportingOverflow(shape.size ?? 0)
        let (end, second) = start.microseconds.addingReportingOverflow(length)
        guard !first, !second, length >= 0 else {
            throw .malformed("a window whose end makes no sense")
        }
        return (start, try Timestamp(decoded: end))
    }

    /// All columns, the derived ones filled in.
    static func decodeValues(
        _ rows: Int, _ aggregates: [Aggregate], from reader: inout ByteReader
    ) throws(FormatError) -> [[Number?]] {
        var columns: [[Number?]?] = []
        for _ in aggregates {
            columns.append(try NumberColumn.decode(rows, after: columns, from: &reader))
        }
        var filled: [[Number?]] = []
        for (column, aggregate) in zip(columns, aggregates) {
            let derived = { Derivation(of: aggregate, in: aggregates)?.column(columns) }
            guard let whole = column ?? derived() else {
                throw .malformed("a derived column of \(aggregate.name), and not of what")
            }
            filled.append(whole)
        }
        return filled
    }
}
