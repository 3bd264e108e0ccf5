/// How a payload writes its bytes.
package enum BinaryForm: String, CaseIterable, Hashable, Sendable {
    case raw
    /// Two hexadecimal digits a byte, perhaps after `0x` and with spaces between the bytes
    /// (RFC 4648, section 8).
    case hex
    /// With either alphabet, padded or not (RFC 4648, sections 4 and 5).
    case base64

    /// `nil` where they are the payload itself.
    func bytes(of payload: Span<UInt8>) throws(Undecodable) -> [UInt8]? {
        switch self {
        case .raw: return nil
        case .hex: return try Self.hex(payload)
        case .base64: return try Self.base64(payload)
        }
    }

    private static func hex(_ text: Span<UInt8>) throws(Undecodable) -> [UInt8] {
        let range = text.trimmed(0..<text.count)
        var index = range.lowerBound
        if range.count >= 2, text[index] == UInt8(ascii: "0"),
            text[index + 1] | 0x20 == UInt8(ascii: "x")
        {
            index += 2
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count / 2)
        while index < range.upperBound {
            if text[index] == UInt8(ascii: " ") {
                index += 1
                continue
            }
            guard index + 1 < range.upperBound, let high = hexDigit(text[index]),
                let low = hexDigit(text[index + 1])
            else { throw Undecodable("expected two hexadecimal digits at byte \(index)") }
            bytes.append(high << 4 | low)
            index += 2
        }
        return bytes
    }

    private static func base64(_ text: Span<UInt8>) throws(Undecodable) -> [UInt8] {
        var range = text.trimmed(0..<text.count)
        let length = range.count
        while range.count > length - 2, let last = range.last, text[last] == UInt8(ascii: "=") {
            range = range.dropLast()
        }
        guard range.count % 4 != 1, range.count == length || length % 4 == 0 else {
            throw Undecodable("base64 of \(length) characters, which is cut off")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count * 3 / 4)
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for index in range {
            guard let digit = base64Digit(text[index]) else {
                throw Undecodable("expected a character of base64 at byte \(index)")
            }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return bytes
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func base64Digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
