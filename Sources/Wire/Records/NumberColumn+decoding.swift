internal import Core

extension NumberColumn {
    /// - Parameter earlier: the columns before this one in the table; `nil` for a derived one.
    /// - Returns: `nil` where the column is derived from others.
    static func decode(
        _ rows: Int, after earlier: [[Number?]?], from reader: inout ByteReader
    ) throws(FormatError) -> [Number?]? {
        let code = try reader.byte()
        switch Encoding(rawValue: code) {
        case .derived: return nil
        case .sparse:
            let presence = try Presence(rows, from: &reader)
            guard presence.count > 0 else { return Array(repeating: nil, count: rows) }
            let values = try decode(
                whole: presence.count, try reader.byte(), presence, earlier, &reader)
            return presence.spread(values)
        default: return try decode(whole: rows, code, nil, earlier, &reader)
        }
    }

    /// - Parameter presence: which rows of the table the column has; `nil` for all.
    private static func decode(
        whole rows: Int, _ code: UInt8, _ presence: Presence?, _ earlier: [[Number?]?],
        _ reader: inout ByteReader
    ) throws(FormatError) -> [Number?] {
        switch Encoding(rawValue: code) {
        case .constant: return Array(repeating: try reader.number(), count: rows)
        case .deltas:
            let scale = try scale(&reader)
            guard rows <= reader.remaining else { throw .endOfBytes }
            var values: [Number?] = []
            values.reserveCapacity(rows)
            var mantissa: Int64 = 0
            for _ in 0..<rows {
                mantissa &+= try reader.signed()
                values.append(.decimal(mantissa: mantissa, scale: scale))
            }
            return values
        case .relative: return try decodeRelative(rows, presence, earlier, &reader)
        case .doubles: return try decodeDoubles(rows, &reader)
        case .mixed:
            guard rows <= reader.remaining else { throw .endOfBytes }
            var values: [Number?] = []
            values.reserveCapacity(rows)
            for _ in 0..<rows { values.append(try reader.number()) }
            return values
        case .derived, .sparse, nil: throw .malformed("a number column of encoding \(code)")
        }
    }

    private static func decodeRelative(
        _ rows: Int, _ presence: Presence?, _ earlier: [[Number?]?], _ reader: inout ByteReader
    ) throws(FormatError) -> [Number?] {
        let scale = try scale(&reader)
        let index = try reader.varint()
        guard index < UInt64(earlier.count), let column = earlier[Int(index)],
            let base = ScaledColumn(presence?.gathered(column) ?? column, scale: scale),
            rows <= reader.remaining
        else { throw .malformed("a column relative to none that there is") }
        var values: [Number?] = []
        values.reserveCapacity(rows)
        for mantissa in base.mantissas {
            values.append(.decimal(mantissa: mantissa &+ (try reader.signed()), scale: scale))
        }
        return values
    }

    private static func decodeDoubles(
        _ rows: Int, _ reader: inout ByteReader
    ) throws(FormatError) -> [Number?] {
        let (size, overflow) = rows.multipliedReportingOverflow(by: 8)
        guard !overflow else { throw .endOfBytes }
        let bytes = try reader.raw(size)
        var values: [Number?] = []
        values.reserveCapacity(rows)
        for row in 0..<rows {
            var pattern: UInt64 = 0
            for place in 0..<8 {
                pattern |= UInt64(bytes[bytes.startIndex + place * rows + row]) << UInt64(place * 8)
            }
            let value = Double(bitPattern: pattern)
            guard value.isFinite else { throw .malformed("a number that is not finite") }
            values.append(.binary(value))
        }
        return values
    }

    private static func scale(_ reader: inout ByteReader) throws(FormatError) -> UInt8 {
        let scale = try reader.byte()
        guard scale <= Number.maximumScale else { throw .malformed("a scale of \(scale)") }
        return scale
    }
}
