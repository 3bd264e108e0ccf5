/// The syslog protocol (RFC 5424, section 6), and BSD's before it (RFC 3164, section 4).
package enum Syslog {
    /// `nil` where the line does not begin with a priority in angle brackets.
    package static func decode(_ line: Span<UInt8>) -> LogLine? {
        var index = 0
        guard let priority = priority(line, &index),
            let severity = LogSeverity(syslog: priority & 7)
        else { return nil }
        var text = LogText(line)
        var entry =
            modern(&text, from: index) ?? bsd(&text, from: index)
        entry.severity = severity
        entry.isDamaged = text.isDamaged
        return entry
    }

    /// `<0>` to `<191>`: the facility times eight, and the severity.
    private static func priority(_ line: Span<UInt8>, _ index: inout Int) -> Int? {
        guard line.count > 2, line[0] == UInt8(ascii: "<") else { return nil }
        var value = 0
        index = 1
        while index < min(line.count, 4), line[index] &- UInt8(ascii: "0") < 10 {
            value = value * 10 + Int(line[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard index > 1, index < line.count, line[index] == UInt8(ascii: ">"), value <= 191 else {
            return nil
        }
        index += 1
        return value
    }

    /// `1 time host app process message-id structured-data message`.
    private static func modern(_ text: inout LogText, from start: Int) -> LogLine? {
        var index = start
        guard text.bytes.equals("1", in: text.word(&index)) else { return nil }
        let time = text.word(&index)
        let moment = RFC3339.parse(text.bytes.extracting(time))
        guard moment != nil || text.bytes.equals("-", in: time) else { return nil }
        var entry = LogLine(time: moment, message: "")
        entry.host = known(&text, text.word(&index))
        entry.app = known(&text, text.word(&index))
        let process = known(&text, text.word(&index))
        let identifier = known(&text, text.word(&index))
        if let process { entry.fields.append(.init("procid", process)) }
        if let identifier { entry.fields.append(.init("msgid", identifier)) }
        // Where the structured data are malformed, they are the message's beginning.
        if let end = SyslogData.read(&text, from: index, into: &entry.fields) {
            index = min(end + 1, text.bytes.count)
        }
        entry.message = rest(&text, from: index)
        return entry
    }

    /// A dash stands for nothing.
    private static func known(_ text: inout LogText, _ range: Range<Int>) -> String? {
        range.isEmpty || text.bytes.equals("-", in: range) ? nil : text.name(range)
    }

    /// Without the mark that the text is UTF-8.
    static func rest(_ text: inout LogText, from start: Int) -> String {
        var range = text.withoutLineEnd(start..<text.bytes.count)
        if range.count >= 3, text.bytes[start] == 0xef, text.bytes[start + 1] == 0xbb,
            text.bytes[start + 2] == 0xbf
        {
            range = start + 3..<range.upperBound
        }
        return text.text(range, longest: LogLine.maximumMessage)
    }
}
