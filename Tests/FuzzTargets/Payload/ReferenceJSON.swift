internal import Foundation

/// What Foundation says of a JSON text.
enum ReferenceJSON {
    /// Our reader takes what the standard allows and Foundation does not: numbers beyond a
    /// double's range, and surrogates without their other half.
    static func accepts(_ text: [UInt8]) -> Bool {
        if parse(text) != nil { return true }
        return parse(softened(text)) != nil
    }

    static func parse(_ text: [UInt8]) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed])
    }

    static func write(_ value: Any) -> [UInt8]? {
        let data = try? JSONSerialization.data(
            withJSONObject: value, options: [.fragmentsAllowed, .withoutEscapingSlashes])
        return data.map(Array.init)
    }

    /// How deep the brackets of a valid text are nested.
    static func depth(of text: [UInt8]) -> Int {
        var (depth, deepest) = (0, 0)
        var (isQuoted, isEscaped) = (false, false)
        for byte in text {
            if isQuoted {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isQuoted = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            deepest = max(deepest, depth)
        }
        return deepest
    }

    /// Escapes of surrogates become those of a letter, exponents digits, and of many digits some.
    static func softened(_ text: [UInt8]) -> [UInt8] {
        var soft: [UInt8] = []
        var rest = text[...]
        var isQuoted = false
        var digits = 0
        while let byte = rest.popFirst() {
            digits = !isQuoted && isDigit(byte) ? digits + 1 : 0
            if digits > 17 { continue }
            if isQuoted, byte == UInt8(ascii: "\\"), let mark = rest.popFirst() {
                if mark == UInt8(ascii: "u"), rest.count >= 4,
                    rest[rest.startIndex] | 0x20 == UInt8(ascii: "d"),
                    "89abcdefABCDEF".utf8.contains(rest[rest.startIndex + 1])
                {
                    rest = rest.dropFirst(4)
                    soft.append(UInt8(ascii: "x"))
                } else {
                    soft += [byte, mark]
                }
                continue
            }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, byte | 0x20 == UInt8(ascii: "e"), soft.last.map(isDigit) == true {
                // The exponent's digits stay digits: of a number that is no longer large.
                soft.append(UInt8(ascii: "0"))
                if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                    rest = rest.dropFirst()
                    soft.append(UInt8(ascii: "0"))
                }
                continue
            }
            soft.append(byte)
        }
        return soft
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
