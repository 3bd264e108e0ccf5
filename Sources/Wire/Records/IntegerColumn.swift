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

    /// - Parameter what: the name of one value, for errors.
    /// - Throws: `FormatError`, also for a value that `Value` can't hold.
    static func decode<Value: FixedWidthInteger>(
        _ rows: Int, as type: Value.Type, _ what: String, from reader: inout ByteReader
    ) throws(FormatError) -> [Value] {
        func exact(_ value: Int64) throws(FormatError) -> Value {
            guard let exact = Value(exactly: value) else {
                throw .malformed("a \(what) of \(value)")
            }
            return exact
        }
        switch try reader.byte() {
        case constant: return Array(repeating: try exact(reader.signed()), count: rows)
        case deltas:
            guard rows <= reader.remaining else { throw .endOfBytes }
            var values: [Value] = []
            values.reserveCapacity(rows)
            var value: Int64 = 0
            for _ in 0..<rows {
                value &+= try reader.signed()
                values.append(try exact(value))
            }
            return values
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
}
