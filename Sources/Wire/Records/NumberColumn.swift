internal import Core

/// The values of one aggregate, in whichever of these ways is smallest
/// (docs/wire-format.md, "Number column").
enum NumberColumn {
    enum Encoding: UInt8 {
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
        /// Which rows have a number, then a column of those.
        case sparse = 6
    }

    static func encodeDerived(into writer: inout ByteWriter) {
        writer.byte(Encoding.derived.rawValue)
    }

    /// - Parameter earlier: the columns before this one in the table; `nil` for a derived one.
    static func encode(
        _ values: [Number?], after earlier: [BaseColumn?], into writer: inout ByteWriter
    ) {
        guard values.contains(where: { $0 == nil }) else {
            encode(whole: values, after: earlier, into: &writer)
            return
        }
        let presence = Presence(of: values)
        writer.byte(Encoding.sparse.rawValue)
        presence.encode(into: &writer)
        guard presence.count > 0 else { return }
        encode(
            whole: presence.gathered(values),
            after: earlier.map { $0?.gathered(by: presence) }, into: &writer)
    }

    /// - Parameter values: without a gap.
    private static func encode(
        whole values: [Number?], after earlier: [BaseColumn?], into writer: inout ByteWriter
    ) {
        if let first = values.first, let first, values.allSatisfy({ $0 == first }) {
            writer.byte(Encoding.constant.rawValue)
            writer.number(first)
        } else if let scaled = ScaledColumn(values) {
            encode(scaled, after: earlier, into: &writer)
        } else if values.allSatisfy({ $0?.isBinary ?? false }) {
            writer.byte(Encoding.doubles.rawValue)
            let patterns = values.compactMap { $0?.double.bitPattern }
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                for pattern in patterns {
                    writer.byte(UInt8(truncatingIfNeeded: pattern >> shift))
                }
            }
        } else {
            writer.byte(Encoding.mixed.rawValue)
            for case let value? in values { writer.number(value) }
        }
    }

    private static func encode(
        _ scaled: ScaledColumn, after earlier: [BaseColumn?], into writer: inout ByteWriter
    ) {
        var best = cost(zip(scaled.mantissas.dropFirst(), scaled.mantissas))
        var base: (column: Int, mantissas: [Int64])?
        for (index, column) in earlier.enumerated() {
            guard let column, column.scale <= scaled.scale,
                let other = ScaledColumn(column.values, scale: scaled.scale)
            else { continue }
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

    /// About the bits that the differences take.
    private static func cost(_ pairs: some Sequence<(Int64, Int64)>) -> Int {
        pairs.reduce(0) { $0 + 64 - ($1.0 &- $1.1).magnitude.leadingZeroBitCount }
    }
}

extension Number {
    var isBinary: Bool { if case .binary = self { true } else { false } }
}
