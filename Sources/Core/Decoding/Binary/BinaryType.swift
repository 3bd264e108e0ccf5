/// How a value stands in its bytes.
package enum BinaryType: Hashable, Sendable {
    case u8, i8, u16, i16, u32, i32, u64, i64
    /// Of IEEE 754.
    case f32, f64
    /// Four or eight digits, each in four bits.
    case bcd16, bcd32
    /// A bit of a byte, or of a 16-bit word; 0 is the least significant one.
    case byteBit(Int)
    case wordBit(Int)

    /// Bytes.
    var size: Int {
        switch self {
        case .u8, .i8, .byteBit: 1
        case .u16, .i16, .bcd16, .wordBit: 2
        case .u32, .i32, .f32, .bcd32: 4
        case .u64, .i64, .f64: 8
        }
    }

    /// What the bits, the least ones last, say; `nil` for a bit and for what is no number.
    func number(_ bits: UInt64) -> Number? {
        switch self {
        case .u8, .u16, .u32, .u64: Number(unsigned: bits)
        case .i8: Number(Int(Int8(truncatingIfNeeded: bits)))
        case .i16: Number(Int(Int16(truncatingIfNeeded: bits)))
        case .i32: Number(Int(Int32(truncatingIfNeeded: bits)))
        case .i64: .decimal(mantissa: Int64(bitPattern: bits), scale: 0)
        case .f32: Number(shortest: Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .f64: Number(shortest: Double(bitPattern: bits))
        case .bcd16, .bcd32: decimals(bits)
        case .byteBit, .wordBit: nil
        }
    }

    private func decimals(_ bits: UInt64) -> Number? {
        var value = 0
        for place in stride(from: size * 8 - 4, through: 0, by: -4) {
            let digit = Int(bits >> UInt64(place) & 15)
            guard digit < 10 else { return nil }
            value = value * 10 + digit
        }
        return Number(value)
    }
}
