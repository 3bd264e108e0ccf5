/// A place in a JSON text, and the tokens of RFC 8259 that are read there.
struct JSONCursor: ~Escapable {
    private let text: Span<UInt8>
    private var index = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) { self.text = text }

    var isAtEnd: Bool { index >= text.count }
    /// The byte here; 0, which no token begins with, at the end.
    var peek: UInt8 { index < text.count ? text[index] : 0 }

    mutating func advance() { index += 1 }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    mutating func skipSpace() {
        while index < text.count {
            switch text[index] {
            case 0x20, 0x09, 0x0a, 0x0d: index += 1
            default: return
            }
        }
    }

    mutating func literal(_ word: StaticString) throws(JSONScanner.Malformed) {
        guard index + word.utf8CodeUnitCount <= text.count else { throw malformed("\(word)") }
        for offset in 0..<word.utf8CodeUnitCount
        where text[index + offset] != word.utf8Start[offset] {
            throw malformed("\(word)")
        }
        index += word.utf8CodeUnitCount
    }

    /// The range of a number, without leading zeros or a plus.
    mutating func number() throws(JSONScanner.Malformed) -> Range<Int> {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if peek &- UInt8(ascii: "0") < 10 { throw malformed("no digit after a leading 0") }
        } else {
            try digits()
        }
        if take(UInt8(ascii: ".")) { try digits() }
        if peek | 0x20 == UInt8(ascii: "e") {
            index += 1
            if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
            try digits()
        }
        return start..<index
    }

    private mutating func digits() throws(JSONScanner.Malformed) {
        guard peek &- UInt8(ascii: "0") < 10 else {
            throw malformed(isAtEnd ? "more" : "a value")
        }
        while peek &- UInt8(ascii: "0") < 10 { index += 1 }
    }

    /// The range between the quotes of the string that begins here.
    mutating func string() throws(JSONScanner.Malformed) -> Range<Int> {
        index += 1
        let start = index
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return start..<index - 1
            case UInt8(ascii: "\\"): try escape()
            case 0..<0x20: throw malformed("no control character in a string")
            case 0x20..<0x80: index += 1
            default: try utf8Sequence()
            }
        }
        throw malformed("a closing '\"'")
    }

    private mutating func escape() throws(JSONScanner.Malformed) {
        index += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 1
        case UInt8(ascii: "u"):
            index += 1
            for _ in 0..<4 {
                guard Self.hex(peek) != nil else { throw malformed("four hexadecimal digits") }
                index += 1
            }
        default: throw malformed("an escape")
        }
    }

    /// One character beyond ASCII, as Unicode's table 3-7 allows it.
    private mutating func utf8Sequence() throws(JSONScanner.Malformed) {
        let lead = text[index]
        let (length, low, high): (Int, UInt8, UInt8) =
            switch lead {
            case 0xc2...0xdf: (2, 0x80, 0xbf)
            case 0xe0: (3, 0xa0, 0xbf)
            case 0xed: (3, 0x80, 0x9f)
            case 0xe1...0xef: (3, 0x80, 0xbf)
            case 0xf0: (4, 0x90, 0xbf)
            case 0xf1...0xf3: (4, 0x80, 0xbf)
            case 0xf4: (4, 0x80, 0x8f)
            default: (0, 0, 0)
            }
        guard length > 0, index + length <= text.count, text[index + 1] >= low,
            text[index + 1] <= high
        else { throw malformed("UTF-8") }
        for offset in 2..<max(length, 2) where text[index + offset] & 0xc0 != 0x80 {
            throw malformed("UTF-8")
        }
        index += length
    }

    /// Whether the string in the range is the key, escapes undone.
    func string(_ range: Range<Int>, equals key: [UInt8]) -> Bool {
        var escaped = false
        if range.count == key.count {
            var same = true
            for offset in 0..<key.count {
                let byte = text[range.lowerBound + offset]
                if byte != key[offset] { same = false }
                if byte == UInt8(ascii: "\\") { escaped = true }
            }
            if !escaped { return same }
        } else {
            // An escaped string is longer than what it says.
            guard range.count > key.count else { return false }
            for index in range where text[index] == UInt8(ascii: "\\") { escaped = true }
        }
        return escaped && unescaped(range) == key
    }

    func unescaped(_ range: Range<Int>) -> [UInt8] {
        var units: [UInt16] = []
        var bytes: [UInt8] = []
        func flush() {
            bytes.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
            units.removeAll()
        }
        var index = range.lowerBound
        while index < range.upperBound {
            guard text[index] == UInt8(ascii: "\\") else {
                flush()
                bytes.append(text[index])
                index += 1
                continue
            }
            let mark = text[index + 1]
            index += 2
            switch mark {
            case UInt8(ascii: "u"):
                units.append(
                    (0..<4).reduce(0) { $0 << 4 | UInt16(Self.hex(text[index + $1]) ?? 0) })
                index += 4
                continue
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0c)
            case UInt8(ascii: "n"): units.append(0x0a)
            case UInt8(ascii: "r"): units.append(0x0d)
            case UInt8(ascii: "t"): units.append(0x09)
            default: units.append(UInt16(mark))
            }
        }
        flush()
        return bytes
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    func malformed(_ expected: String) -> JSONScanner.Malformed {
        JSONScanner.Malformed(offset: index, expected: expected)
    }
}
