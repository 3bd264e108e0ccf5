/// The time of BSD's syslog (RFC 3164, section 4.1.2): `Oct 11 22:14:15`. Only where it is
/// matters: without a year and a zone it is no moment.
enum BSDTime {
    private static let pattern: StaticString = "Aaa _9 99:99:99"

    /// Where it ends; `nil` where there is none.
    static func end(_ line: Span<UInt8>, from start: Int) -> Int? {
        let length = pattern.utf8CodeUnitCount
        guard start + length <= line.count else { return nil }
        for offset in 0..<length {
            let byte = line[start + offset]
            let fits =
                switch pattern.utf8Start[offset] {
                case UInt8(ascii: "A"): isUpper(byte)
                case UInt8(ascii: "a"): byte >= 0x60 && isUpper(byte & 0xdf)
                case UInt8(ascii: "9"): isDigit(byte)
                case UInt8(ascii: "_"): isDigit(byte) || byte == UInt8(ascii: " ")
                default: byte == pattern.utf8Start[offset]
                }
            if !fits { return nil }
        }
        return start + length
    }

    private static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
