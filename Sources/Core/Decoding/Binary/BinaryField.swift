/// A value at a fixed place.
package struct BinaryField: Hashable, Sendable {
    package var name: String
    /// Bytes before it.
    package var offset: Int
    package var type: BinaryType
    package var order: BinaryOrder
    /// The value is `raw * scale + shift`.
    package var scale: Number
    package var shift: Number
    package var unit: String?

    package init(
        _ name: String, at offset: Int, _ type: BinaryType, _ order: BinaryOrder = .big,
        scale: Number = Number(1), shift: Number = .zero, unit: String? = nil
    ) {
        self.name = name
        self.offset = offset
        self.type = type
        self.order = order
        self.scale = scale
        self.shift = shift
        self.unit = unit
    }

    /// `nil` for what is no number.
    ///
    /// - Precondition: the bytes reach to its end.
    func value(in bytes: Span<UInt8>) -> DecodedReading.Value? {
        var bits: UInt64 = 0
        for place in 0..<type.size {
            bits = bits << 8 | UInt64(bytes[offset + order.index(of: place, size: type.size)])
        }
        switch type {
        case .byteBit(let bit), .wordBit(let bit): return .flag(bits >> UInt64(bit) & 1 == 1)
        default:
            guard let raw = type.number(bits) else { return nil }
            let value = (raw * scale + shift).normalized
            return value.double.magnitude <= Number.largest ? .number(value) : nil
        }
    }
}
