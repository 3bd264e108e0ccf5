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

    /// Whether Foundation may have taken the text for another encoding than UTF-8, or have
    /// skipped a byte order mark.
    static func isPlain(_ text: [UInt8]) -> Bool {
        !text.contains(0) && !text.starts(with: [0xef, 0xbb, 0xbf])
            && !text.starts(with: [0xff, 0xfe]) && !text.starts(with: [0xfe, 0xff])
    }

    /// How deep the brackets of a valid text are nested, and how many members it has.
    static func measure(_ text: [UInt8]) -> (depth: Int, members: Int) {
        var (depth, deepest, members) = (0, 0, 0)
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
            case UInt8(ascii: ":"): members += 1
            default: break
            }
            deepest = max(deepest, depth)
        }
        return (deepest, members)
    }

    static func members(of value: Any) -> Int {
        if let object = value as? [String: Any] {
            return object.count + object.values.reduce(0) { $0 + members(of: $1) }
        }
        if let array = value as? [Any] { return array.reduce(0) { $0 + members(of: $1) } }
        return 0
    }

    /// Escapes of surrogates become those of a letter, numbers a digit.
    private static func softened(_ text: [UInt8]) -> [UInt8] {
        var soft: [UInt8] = []
        var rest = text[...]
        var isQuoted = false
        while let byte = rest.popFirst() {
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
