/// Reads what `ByteWriter` wrote, from bytes that anyone may have written: each
/// step checks that there is enough, and no count is believed beyond what is left.
package struct ByteReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    package var remaining: Int { bytes.endIndex - position }
    package var isAtEnd: Bool { remaining == 0 }

    package mutating func byte() throws(FormatError) -> UInt8 {
        guard position < bytes.endIndex else { throw .endOfBytes }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func varint() throws(FormatError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw .malformed("varint over 64 bits") }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        throw .malformed("varint over 64 bits")
    }

    package mutating func signed() throws(FormatError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A count of things of which each takes at least `size` bytes of what is left.
    package mutating func count(ofAtLeast size: Int = 1) throws(FormatError) -> Int {
        let value = try varint()
        guard size == 0 ? value <= Int32.max : value <= UInt64(remaining / size) else {
            throw .malformed("a count of \(value) with \(remaining) bytes left")
        }
        return Int(value)
    }

    package mutating func double() throws(FormatError) -> Double {
        Double(bitPattern: try fixed())
    }

    package mutating func fixed() throws(FormatError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            value |= UInt64(try byte()) << shift
        }
        return value
    }

    package mutating func raw(_ count: Int) throws(FormatError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw .endOfBytes }
        defer { position += count }
        return bytes[position..<position + count]
    }

    package mutating func block() throws(FormatError) -> ArraySlice<UInt8> {
        let size = try count()
        return try raw(size)
    }

    package mutating func text() throws(FormatError) -> String {
        let block = try block()
        guard let text = String(validating: block, as: UTF8.self) else {
            throw .malformed("text that is not UTF-8")
        }
        return text
    }

    package func expectEnd() throws(FormatError) {
        guard isAtEnd else { throw .malformed("\(remaining) bytes too many") }
    }
}
