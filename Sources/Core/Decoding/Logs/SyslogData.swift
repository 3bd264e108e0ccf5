/// Structured data (RFC 5424, section 6.3): `-`, or `[id name="value" ...]` any number of
/// times. A field is named `id.name`.
enum SyslogData {
    /// - Returns: where they end; `nil` where they are malformed, and then no field is added.
    static func read(
        _ text: inout LogText, from start: Int, into fields: inout [LogLine.Field]
    ) -> Int? {
        var index = start
        if byte(text, index) == UInt8(ascii: "-") {
            return isEnd(text, index + 1) ? index + 1 : nil
        }
        var found: [LogLine.Field] = []
        while byte(text, index) == UInt8(ascii: "[") {
            index += 1
            guard let id = name(&text, &index) else { return nil }
            while byte(text, index) == UInt8(ascii: " ") {
                index += 1
                guard let name = name(&text, &index), byte(text, index) == UInt8(ascii: "="),
                    let value = value(&text, &index)
                else { return nil }
                if fields.count + found.count < LogLine.maximumFields {
                    found.append(.init("\(id).\(name)", value))
                }
            }
            guard byte(text, index) == UInt8(ascii: "]") else { return nil }
            index += 1
        }
        guard index > start, isEnd(text, index) else { return nil }
        fields += found
        return index
    }

    private static func byte(_ text: borrowing LogText, _ index: Int) -> UInt8? {
        index < text.bytes.count ? text.bytes[index] : nil
    }

    private static func isEnd(_ text: borrowing LogText, _ index: Int) -> Bool {
        byte(text, index) == nil || byte(text, index) == UInt8(ascii: " ")
    }

    private static func name(_ text: inout LogText, _ index: inout Int) -> String? {
        let start = index
        let ends = Array("= ]\"".utf8)
        while let byte = byte(text, index), byte > 0x20, byte < 0x7f, !ends.contains(byte) {
            index += 1
        }
        // The standard's names have at most 32 characters.
        return (1...64).contains(index - start) ? text.name(start..<index) : nil
    }

    /// `="value"`, where a quote, a backslash and a bracket are escaped.
    private static func value(_ text: inout LogText, _ index: inout Int) -> String? {
        index += 1
        guard byte(text, index) == UInt8(ascii: "\"") else { return nil }
        index += 1
        var bytes: [UInt8] = []
        while let byte = byte(text, index) {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                return text.unescaped(bytes)
            case UInt8(ascii: "\\"):
                if let next = self.byte(text, index), Array("\"\\]".utf8).contains(next) {
                    index += 1
                    bytes.append(next)
                } else {
                    bytes.append(byte)
                }
            case UInt8(ascii: "]"): return nil
            default: bytes.append(byte)
            }
        }
        return nil
    }
}
