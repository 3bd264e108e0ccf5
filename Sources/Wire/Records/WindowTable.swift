internal import Core

/// Windows of one layout in columns (docs/wire-format.md, "Window table").
enum WindowTable {
    /// - Precondition: not empty, all of one layout.
    static func encode(_ windows: ArraySlice<WindowRecord>, into writer: inout ByteWriter) {
        let layout = windows[windows.startIndex].layout
        writer.layout(layout)
        writer.count(windows.count)
        IntegerColumn.encode(windows.lazy.map { Int64($0.series) }, into: &writer)
        let starts = windows.lazy.map(\.start.microseconds)
        // Aligned windows count in their size: a step of one instead of ten million.
        let unit = starts.allSatisfy { $0 % layout.size == 0 } ? layout.size : 1
        writer.signed(unit)
        IntegerColumn.encode(starts.map { $0 / unit }, into: &writer)
        IntegerColumn.encode(windows.lazy.map { Int64($0.flags.rawValue) }, into: &writer)
        var columns: [[Number]] = []
        for (index, aggregate) in layout.aggregates.enumerated() {
            let column = windows.map { $0.values[index] }
            if aggregate == .mean {
                NumberColumn.encodeDerived(into: &writer)
            } else {
                NumberColumn.encode(column, after: columns, into: &writer)
            }
            columns.append(column)
        }
    }

    static func decode(
        from reader: inout ByteReader, budget: inout DecodingBudget
    ) throws(FormatError) -> [WindowRecord] {
        let layout = try reader.layout()
        // Series or start differs from row to row, which takes a byte.
        let rows = try reader.count()
        try budget.take(records: rows, numbersInEach: layout.aggregates.count + 1)
        let series = try IntegerColumn.decode(rows, from: &reader)
        let unit = try reader.signed()
        guard unit > 0 else { throw .malformed("a time unit of \(unit) us") }
        let starts = try IntegerColumn.decode(rows, from: &reader)
        let flags = try IntegerColumn.decode(rows, from: &reader)
        var columns: [[Number]] = []
        for aggregate in layout.aggregates {
            if let column = try NumberColumn.decode(rows, after: columns, from: &reader) {
                columns.append(column)
            } else {
                guard aggregate == .mean else {
                    throw .malformed("a derived column of \(aggregate.name)")
                }
                // Filled in below, once its parts are there.
                columns.append(Array(repeating: .zero, count: rows))
            }
        }
        try deriveMeans(&columns, layout.aggregates)
        var windows: [WindowRecord] = []
        windows.reserveCapacity(rows)
        for row in 0..<rows {
            let (number, overflow) = starts[row].multipliedReportingOverflow(by: unit)
            guard !overflow, let series = SeriesID(exactly: series[row]),
                let flags = UInt8(exactly: flags[row])
            else { throw .malformed("a window whose series, time or flags make no sense") }
            let start = try Timestamp(decoded: number)
            guard layout.size <= .latest - start else {
                throw .malformed("a window that ends after the year 9999")
            }
            windows.append(
                WindowRecord(
                    series: series, start: start, layout: layout,
                    flags: .init(rawValue: flags), values: columns.map { $0[row] }))
        }
        return windows
    }

    private static func deriveMeans(
        _ columns: inout [[Number]], _ aggregates: [Aggregate]
    ) throws(FormatError) {
        guard let mean = aggregates.firstIndex(of: .mean) else { return }
        guard let count = aggregates.firstIndex(of: .count),
            let sum = aggregates.firstIndex(of: .sum)
        else { throw .malformed("a mean without its count and sum") }
        columns[mean] = zip(columns[count], columns[sum]).map { .mean(count: $0, sum: $1) }
    }
}
