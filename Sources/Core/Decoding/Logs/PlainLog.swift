/// A line of text, as most programs write it: perhaps a time of RFC 3339, perhaps a level,
/// and the message: `2026-11-23T21:19:34Z [WARN] no answer`.
package enum PlainLog {
    package static func decode(_ line: Span<UInt8>) -> LogLine {
        var text = LogText(line)
        var entry = LogLine(message: "")
        var index = 0
        var next = 0
        let first = text.word(&next)
        if let time = RFC3339.parse(line.extracting(first)) {
            entry.time = time
            index = next
        } else {
            // The date and the time in two words.
            let second = text.word(&next)
            if let time = RFC3339.parse(line.extracting(first.lowerBound..<second.upperBound)) {
                entry.time = time
                index = next
            }
        }
        if let (severity, end) = level(&text, from: index) {
            entry.severity = severity
            index = end
        }
        let rest = text.withoutLineEnd(index..<line.count)
        entry.message = text.text(rest, longest: LogLine.maximumMessage)
        entry.isDamaged = text.isDamaged
        return entry
    }

    /// A word such as `WARN`, `[warn]` or `error:`, and where what follows it begins.
    /// A word in small letters without a mark is the message's.
    private static func level(
        _ text: inout LogText, from start: Int
    ) -> (LogSeverity, Int)? {
        var next = start
        var word = text.word(&next)
        guard !word.isEmpty, word.count <= 16 else { return nil }
        let whole = word
        if text.bytes[word.upperBound - 1] == UInt8(ascii: ":") { word = word.dropLast() }
        if word.count > 2, text.bytes[word.lowerBound] == UInt8(ascii: "["),
            text.bytes[word.upperBound - 1] == UInt8(ascii: "]")
        {
            word = word.dropFirst().dropLast()
        }
        guard let name = text.bytes.text(word), let severity = LogSeverity(word: name) else {
            return nil
        }
        let isMarked = word.count < whole.count
        guard isMarked || name == name.uppercased() else { return nil }
        // ESP-IDF's `E (4711) wifi: no answer`.
        guard word.count > 1 || (next < text.bytes.count && text.bytes[next] == UInt8(ascii: "("))
        else { return nil }
        while next < text.bytes.count, text.bytes[next] == UInt8(ascii: " ") { next += 1 }
        return (severity, next)
    }
}
