/// Takes text out of a log's bytes, whatever they are, and remembers what it cost.
struct LogText: ~Escapable {
    let bytes: Span<UInt8>
    /// Whether anything was replaced or cut off.
    private(set) var isDamaged = false

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// What the range says, with U+FFFD for what is no UTF-8; never a character in part.
    mutating func text(_ range: Range<Int>, longest: Int) -> String {
        var end = range.upperBound
        if range.count > longest {
            end = range.lowerBound + longest
            // A character has at most three bytes after its first.
            for _ in 0..<3 where end > range.lowerBound && bytes[end] & 0xc0 == 0x80 { end -= 1 }
            isDamaged = true
        }
        let range = range.lowerBound..<end
        if let text = bytes.text(range) { return text }
        isDamaged = true
        return bytes.extracting(range).withUnsafeBufferPointer {
            String(decoding: $0, as: UTF8.self)
        }
    }

    mutating func name(_ range: Range<Int>) -> String {
        text(range, longest: LogLine.maximumName)
    }

    /// What a value that was copied says.
    mutating func unescaped(_ copy: [UInt8]) -> String {
        var text = LogText(copy.span)
        defer { isDamaged = isDamaged || text.isDamaged }
        return text.text(0..<copy.count, longest: LogLine.maximumValue)
    }

    /// The range without line ends and NULs after it.
    func withoutLineEnd(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, [0x00, 0x0a, 0x0d].contains(bytes[end - 1]) { end -= 1 }
        return range.lowerBound..<end
    }

    /// Up to the next space, which is passed over.
    func word(_ start: inout Int) -> Range<Int> {
        let first = start
        var index = start
        while index < bytes.count, bytes[index] != 0x20 { index += 1 }
        start = min(index + 1, bytes.count)
        return first..<index
    }
}
