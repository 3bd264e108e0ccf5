internal import Core

/// Times or lengths of time in microseconds, counted in the largest unit that divides all of
/// them: aligned windows have a step of one instead of ten million.
enum TimeColumn {
    static func encode(_ values: [Int64], into writer: inout ByteWriter) {
        var divisor: UInt64 = 0
        for value in values where divisor == 0 || value.magnitude % divisor != 0 {
            divisor = Self.divisor(value.magnitude, divisor)
        }
        let unit = max(1, Int64(exactly: divisor) ?? 1)
        writer.signed(unit)
        IntegerColumn.encode(values.lazy.map { $0 / unit }, into: &writer)
    }

    static func decode(
        _ rows: Int, _ what: String, from reader: inout ByteReader
    ) throws(FormatError) -> [Int64] {
        let unit = try reader.signed()
        guard unit > 0 else { throw .malformed("a time unit of \(unit) us") }
        var values = try IntegerColumn.decode(rows, as: Int64.self, what, from: &reader)
        for row in values.indices {
            let (value, overflow) = values[row].multipliedReportingOverflow(by: unit)
            guard !overflow else { throw .malformed("a \(what) beyond 64 bits") }
            values[row] = value
        }
        return values
    }

    /// The greatest common divisor (Euclid).
    private static func divisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
