internal import Core

/// The values of one aggregate, in whichever of these ways is smallest
/// (docs/wire-format.md, "Number column").
enum NumberColumn {
    private enum Encoding: UInt8 {
        /// One number for all rows.
        case constant = 0
        /// Decimals of one scale: the mantissas' differences from row to row.
        case deltas = 1
        /// Decimals of one scale: the mantissas' differences from an earlier column.
        case relative = 2
        /// Doubles, the first bytes of all, then the second bytes, and so on.
        case doubles = 3
        /// Each number by itself.
        case mixed = 4
        /// Nothing: follows from other columns.
        case derived = 5
    }

    static func encodeDerived(into writer: inout ByteWriter) {
        writer.byte(Encoding.derived.rawValue)
    }

    /// - Parameter earlier: the columns before this one in the table.
    static func encode(
        _ values: [Number], after earlier: [[Number]], into writer: inout ByteWriter
    ) {
        if let first = values.first, values.allSatisfy({ $0 == first }) {
            writer.byte(Encoding.constant.rawValue)
            writer.number(first)
        } else if let scaled = Scaled(values) {
            encode(scaled, after: earlier, into: &writer)
        } else if values.allSatisfy(\.isBinary) {
            writer.byte(Encoding.doubles.rawValue)
            let patterns = values.map(\.double.bitPattern)
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                for pattern in patterns {
                    writer.byte(UInt8(truncatingIfNeeded: pattern >> shift))
                }
            }
        } else {
            writer.byte(Encoding.mixed.rawValue)
            for value in values { writer.number(value) }
        }
    }

    private static func encode(
        _ scaled: Scaled, after earlier: [[Number]], into writer: inout ByteWriter
    ) {
        var best = cost(zip(scaled.mantissas.dropFirst(), scaled.mantissas))
        var base: (column: Int, mantissas: [Int64])?
        for (index, column) in earlier.enumerated() {
            guard let other = Scaled(column, scale: scaled.scale) else { continue }
            let cost = cost(zip(scaled.mantissas, other.mantissas))
            if cost < best { (best, base) = (cost, (index, other.mantissas)) }
        }
        if let base {
            writer.byte(Encoding.relative.rawValue)
            writer.byte(scaled.scale)
            writer.count(base.column)
            for (own, other) in zip(scaled.mantissas, base.mantissas) {
                writer.signed(own &- other)
            }
        } else {
            writer.byte(Encoding.deltas.rawValue)
            writer.byte(scaled.scale)
            IntegerColumn.encodeDeltas(scaled.mantissas, into: &writer)
        }
    }

    /// `nil` where the column is derived from others.
    static func decode(
        _ rows: Int, after earlier: [[Number]], from reader: inout ByteReader
    ) throws(FormatError) -> [Number]? {
        let code = try reader.byte()
        switch Encoding(rawValue: code) {
        case .constant: return Array(repeating: try reader.number(), count: rows)
        case .deltas:
            let scale = try scale(&reader)
            return try IntegerColumn.decodeDeltas(rows, from: &reader)
                .map { .decimal(mantissa: $0, scale: scale) }
        case .relative: return try decodeRelative(rows, earlier, &reader)
        case .doubles: return try decodeDoubles(rows, &reader)
        case .mixed:
            guard rows <= reader.remaining else { throw .endOfBytes }
            var values: [Number] = []
            for _ in 0..<rows { values.append(try reader.number()) }
            return values
        case .derived: return nil
        case nil: throw .malformed("a number column of encoding \(code)")
        }
    }

    private static func decodeRelative(
        _ rows: Int, _ earlier: [[Number]], _ reader: inout ByteReader
    ) throws(FormatError) -> [Number] {
        let scale = try scale(&reader)
        let index = try reader.varint()
        guard index < UInt64(earlier.count), let base = Scaled(earlier[Int(index)], scale: scale),
            rows <= reader.remaining
        else { throw .malformed("a column relative to none that there is") }
        var values: [Number] = []
        for mantissa in base.mantissas {
            values.append(.decimal(mantissa: mantissa &+ (try reader.signed()), scale: scale))
        }
        return values
    }

    private static func decodeDoubles(
        _ rows: Int, _ reader: inout ByteReader
    ) throws(FormatError) -> [Number] {
        let (size, overflow) = rows.multipliedReportingOverflow(by: 8)
        guard !overflow else { throw .endOfBytes }
        let bytes = Array(try reader.raw(size))
        var values: [Number] = []
        for row in 0..<rows {
            let pattern = (0..<8).reduce(UInt64(0)) {
                $0 | UInt64(bytes[$1 * rows + row]) << UInt64($1 * 8)
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

    /// About the bits that the differences take.
    private static func cost(_ pairs: some Sequence<(Int64, Int64)>) -> Int {
        pairs.reduce(0) { $0 + 64 - ($1.0 &- $1.1).magnitude.leadingZeroBitCount }
    }
}

/// Decimals brought to one scale.
private struct Scaled {
    let scale: UInt8
    let mantissas: [Int64]

    /// `nil` where some number is a double, or does not fit at the scale.
    init?(_ numbers: [Number], scale: UInt8? = nil) {
        let common = scale ?? numbers.lazy.map(\.scale).max() ?? 0
        var mantissas: [Int64] = []
        mantissas.reserveCapacity(numbers.count)
        for number in numbers {
            guard let mantissa = number.mantissa(at: common) else { return nil }
            mantissas.append(mantissa)
        }
        self.scale = common
        self.mantissas = mantissas
    }
}

extension Number {
    fileprivate var isBinary: Bool { if case .binary = self { true } else { false } }
}
