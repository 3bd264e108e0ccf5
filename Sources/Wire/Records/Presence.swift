internal import Core

/// Which rows of a column have a value: lengths of runs, of rows that have one and of rows
/// that have none by turns, the first of those that have one and maybe 0.
struct Presence {
    /// Not empty, in order, apart from one another.
    private var ranges: [Range<Int>] = []
    private let rows: Int
    /// How many rows have a value.
    private(set) var count = 0

    init(of column: [Number?]) {
        rows = column.count
        var start = 0
        while start < rows {
            let isPresent = column[start] != nil
            let end = column[start...].firstIndex { ($0 != nil) != isPresent } ?? rows
            if isPresent { append(start..<end) }
            start = end
        }
    }

    private mutating func append(_ range: Range<Int>) {
        ranges.append(range)
        count += range.count
    }

    func encode(into writer: inout ByteWriter) {
        var end = 0
        for range in ranges {
            // Of a column that begins with a value there is no run without one before it.
            if range.lowerBound > 0 {
                if end == 0 { writer.count(0) }
                writer.count(range.lowerBound - end)
            }
            writer.count(range.count)
            end = range.upperBound
        }
        if end < rows {
            if end == 0 { writer.count(0) }
            writer.count(rows - end)
        }
    }

    init(_ rows: Int, from reader: inout ByteReader) throws(FormatError) {
        self.rows = rows
        var start = 0
        var isPresent = true
        while start < rows {
            let length = try reader.varint()
            guard length <= UInt64(rows - start), length > 0 || (start == 0 && isPresent) else {
                throw .malformed("a run of \(length) rows")
            }
            let end = start + Int(length)
            if isPresent, length > 0 { append(start..<end) }
            start = end
            isPresent.toggle()
        }
    }

    /// The values of the rows that have one.
    func gathered(_ column: [Number?]) -> [Number?] {
        var values: [Number?] = []
        values.reserveCapacity(count)
        for range in ranges { values += column[range] }
        return values
    }

    /// The inverse of `gathered`.
    func spread(_ values: [Number?]) -> [Number?] {
        var column = [Number?](repeating: nil, count: rows)
        var next = 0
        for range in ranges {
            for row in range {
                column[row] = values[next]
                next += 1
            }
        }
        return column
    }
}
