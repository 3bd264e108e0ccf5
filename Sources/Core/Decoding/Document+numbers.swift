/// Numbers as CBOR and MessagePack have them.
extension Document {
    init(_ double: Double) {
        if let number = Number(shortest: double) {
            self = .number(number)
        } else if double.isNaN {
            self = .noNumber("NaN")
        } else if double.isInfinite {
            self = .noNumber(double < 0 ? "-Infinity" : "Infinity")
        } else {
            self = .noNumber(double.description)
        }
    }

    init(_ integer: Int64) { self = .number(.decimal(mantissa: integer, scale: 0)) }

    init(_ integer: UInt64) {
        if let small = Int64(exactly: integer) {
            self.init(small)
        } else {
            self = .number(.binary(Double(integer)))
        }
    }
}
