internal import Core

/// Integers as differences from the one before; one value alone where all are equal.
enum IntegerColumn {
    private static let constant: UInt8 = 0
    private static let deltas: UInt8 = 1

    static func encode(_ values: some Collection<Int64>, into writer: inout ByteWriter) {
        let first = values.first ?? 0
        guard values.contains(where: { $0 != first }) else {
            writer.byte(constant)
            writer.signed(first)
            return
        }
        writer.byte(deltas)
        encodeDeltas(values, into: &writer)
    }

    static func decode(
        _ rows: Int, from reader: inout ByteReader
    ) throws(FormatError) -> [Int64] {
        switch try reader.byte() {
        case constant: return Array(repeating: try reader.signed(), count: rows)
        case deltas: return try decodeDeltas(rows, from: &reader)
        case let code: throw .malformed("an integer column of encoding \(code)")
        }
    }

    /// Differences wrap around, so that any two integers have one.
    static func encodeDeltas(_ values: some Collection<Int64>, into writer: inout ByteWriter) {
        var before: Int64 = 0
        for value in values {
            writer.signed(value &- before)
            before = value
        }
    }

    static func decodeDeltas(
        _ rows: Int, from reader: inout ByteReader
    ) throws(FormatError) -> [Int64] {
        guard rows <= reader.remaining else { throw .endOfBytes }
        var values: [Int64] = []
        values.reserveCapacity(rows)
        var value: Int64 = 0
        for _ in 0..<rows {
            value &+= try reader.signed()
            values.append(value)
        }
        return values
    }
}
