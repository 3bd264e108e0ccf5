/// A place in a JSON text, and the tokens of RFC 8259 that are read there.
///
/// The index is never negative and never beyond the end: it grows by one past a byte that is
/// there, or by as many as were looked at. So what is compared with `text.count` first may be
/// read unchecked.
struct JSONCursor: ~Escapable {
    let text: Span<UInt8>
    var index = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) { self.text = text }

    var isAtEnd: Bool { index >= text.count }
    /// The byte here; 0, which no token begins with, at the end.
    var peek: UInt8 { byte(at: index) }

    /// - Precondition: `index >= 0`.
    @inline(__always)
    private func byte(at index: Int) -> UInt8 {
        index < text.count ? text[unchecked: index] : 0
    }

    /// - Precondition: not at the end.
    mutating func advance() { index += 1 }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    @inline(__always)
    mutating func skipSpace() {
        while index < text.count, text[unchecked: index] <= 0x20 {
            switch text[unchecked: index] {
            case 0x20, 0x09, 0x0a, 0x0d: index += 1
            default: return
            }
        }
    }

    @inline(__always)
    mutating func literal(_ word: StaticString) throws(JSONScanner.Malformed) {
        let length = word.utf8CodeUnitCount
        guard text.count - index >= length else { throw malformed("\(word)") }
        for offset in 0..<length where text[unchecked: index + offset] != word.utf8Start[offset] {
            throw malformed("\(word)")
        }
        index += length
    }

    /// The range of a number, without leading zeros or a plus.
    @inline(__always)
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
        return Range(uncheckedBounds: (start, index))
    }

    @inline(__always)
    private mutating func digits() throws(JSONScanner.Malformed) {
        let start = index
        while text.count - index >= ByteWord.size {
            let count = ByteWord(text, uncheckedAt: index).digitCount
            index += count
            if count < ByteWord.size { break }
        }
        while peek &- UInt8(ascii: "0") < 10 { index += 1 }
        if index == start { throw malformed(isAtEnd ? "more" : "a value") }
    }

    /// The string that begins here.
    @inline(__always)
    mutating func string() throws(JSONScanner.Malformed) -> JSONString {
        index += 1
        let start = index
        var isEscaped = false
        while true {
            while text.count - index >= ByteWord.size {
                let count = ByteWord(text, uncheckedAt: index).plainCount
                index += count
                if count < ByteWord.size { break }
            }
            guard index < text.count else { throw malformed("a closing '\"'") }
            switch text[unchecked: index] {
            case UInt8(ascii: "\""):
                index += 1
                return JSONString(
                    range: Range(uncheckedBounds: (start, index - 1)), isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                try escape()
                isEscaped = true
            case 0..<0x20: throw malformed("no control character in a string")
            case 0x20..<0x80: index += 1
            default: try utf8Sequence()
            }
        }
    }

    @inline(never)
    func malformed(_ expected: String) -> JSONScanner.Malformed {
        JSONScanner.Malformed(offset: index, expected: expected)
    }
}
