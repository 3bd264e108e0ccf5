extension MessagePackReader {
    /// The specification's "ext format family".
    mutating func extended(_ length: UInt64) throws(Undecodable) -> Document {
        let type = Int8(bitPattern: try cursor.integer(UInt8.self))
        guard type == -1 else { return .bytes(try cursor.raw(length)) }
        return .number(try timestamp(length))
    }

    /// The "timestamp extension type": seconds since 1970, with nanoseconds where it has them.
    private mutating func timestamp(_ length: UInt64) throws(Undecodable) -> Number {
        let start = cursor.offset
        let seconds: Int64
        var nanoseconds: Int64 = 0
        switch length {
        case 4: seconds = Int64(try cursor.integer(UInt32.self))
        case 8:
            let both = try cursor.integer(UInt64.self)
            nanoseconds = Int64(both >> 34)
            seconds = Int64(both & 0x3_ffff_ffff)
        case 12:
            nanoseconds = Int64(try cursor.integer(UInt32.self))
            seconds = Int64(bitPattern: try cursor.integer(UInt64.self))
        default: throw cursor.malformed("a timestamp of 4, 8 or 12 bytes", at: start)
        }
        guard nanoseconds < 1_000_000_000 else {
            throw cursor.malformed("at most 999999999 nanoseconds", at: start)
        }
        // With as few places as it takes, so that a distant second is still a decimal.
        return Number.decimal(mantissa: seconds, scale: 0)
            + Number.decimal(mantissa: nanoseconds, scale: 9).normalized
    }
}
