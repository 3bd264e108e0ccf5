extension Syslog {
    /// `Oct 11 22:14:15 host app[process]: message`, any part of which may be absent. Its
    /// time has neither a year nor a zone, and is none; some write RFC 3339's instead.
    static func bsd(_ text: inout LogText, from start: Int) -> LogLine {
        var index = start
        var entry = LogLine(message: "")
        var next = index
        entry.time = RFC3339.parse(text.bytes.extracting(text.word(&next)))
        if entry.time == nil {
            next = BSDTime.end(text.bytes, from: index).map { min($0 + 1, text.bytes.count) } ?? 0
        }
        if next > 0 {
            index = next
            let word = text.word(&next)
            // Without a host the tag follows at once.
            if !word.isEmpty, text.bytes[word.upperBound - 1] != UInt8(ascii: ":") {
                entry.host = text.name(word)
                index = next
            }
        }
        tag(&text, &index, &entry)
        entry.message = rest(&text, from: index)
        return entry
    }

    /// `app[process]:` or `app:`; anything else is the message.
    private static func tag(_ text: inout LogText, _ index: inout Int, _ entry: inout LogLine) {
        var next = index
        let tag = text.word(&next)
        guard tag.count > 1, text.bytes[tag.upperBound - 1] == UInt8(ascii: ":") else { return }
        index = next
        let name = tag.dropLast()
        guard text.bytes[name.upperBound - 1] == UInt8(ascii: "]"),
            let bracket = name.first(where: { text.bytes[$0] == UInt8(ascii: "[") }),
            bracket > name.lowerBound
        else {
            entry.app = text.name(name)
            return
        }
        entry.app = text.name(name.lowerBound..<bracket)
        entry.fields.append(.init("procid", text.name(bracket + 1..<name.upperBound - 1)))
    }
}
