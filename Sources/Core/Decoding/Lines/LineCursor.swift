/// A place in a payload of lines, which end with LF or CRLF.
struct LineCursor: ~Escapable {
    let text: Span<UInt8>
    private(set) var index = 0
    /// Where it stands, counted from 1.
    private(set) var line = 1

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) { self.text = text }

    var isAtEnd: Bool { index >= text.count }
    /// The byte here; `nil` at the end.
    var peek: UInt8? { index < text.count ? text[index] : nil }
    var second: UInt8? { index + 1 < text.count ? text[index + 1] : nil }

    var isAtLineEnd: Bool {
        switch peek {
        case nil, UInt8(ascii: "\n"): true
        case UInt8(ascii: "\r"): second == nil || second == UInt8(ascii: "\n")
        default: false
        }
    }

    mutating func advance() {
        guard index < text.count else { return }
        if text[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        advance()
        return true
    }

    mutating func skipBlanks() {
        while peek == UInt8(ascii: " ") || peek == UInt8(ascii: "\t") { advance() }
    }

    /// To the beginning of the next line.
    mutating func skipLine() {
        while let byte = peek {
            advance()
            if byte == UInt8(ascii: "\n") { return }
        }
    }

    /// To the line's end or to where one of the bytes is; what is passed over.
    mutating func skip(to stops: [UInt8]) -> Range<Int> {
        let start = index
        while !isAtLineEnd, let byte = peek, !stops.contains(byte) { advance() }
        return start..<index
    }

    func begins(with prefix: [UInt8]) -> Bool {
        guard prefix.count <= text.count - index else { return false }
        for offset in 0..<prefix.count where text[index + offset] != prefix[offset] {
            return false
        }
        return true
    }

    /// Back to a place where it was before.
    mutating func rewind(to mark: (index: Int, line: Int)) { (index, line) = mark }

    var mark: (index: Int, line: Int) { (index, line) }

    func expected(_ what: String, at offset: Int? = nil) -> LineProblem {
        LineProblem(expected: what, offset: offset ?? index)
    }
}
