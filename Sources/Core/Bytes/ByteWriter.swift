/// Appends the building blocks of Tidegate's own formats (docs/wire-format.md).
package struct ByteWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// LEB128: seven bits a byte, lowest first.
    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Zigzag, then LEB128: small magnitudes are short whatever their sign.
    package mutating func signed(_ value: Int64) {
        varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    package mutating func count(_ value: Int) { varint(UInt64(value)) }

    /// IEEE 754, little endian.
    package mutating func double(_ value: Double) { fixed(value.bitPattern) }

    /// Eight bytes, little endian.
    package mutating func fixed(_ value: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }

    package mutating func raw(_ other: [UInt8]) { bytes.append(contentsOf: other) }

    package mutating func raw(_ other: Span<UInt8>) {
        other.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// A count of bytes, then the bytes.
    package mutating func block(_ other: [UInt8]) {
        count(other.count)
        raw(other)
    }

    package mutating func text(_ text: String) {
        count(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
