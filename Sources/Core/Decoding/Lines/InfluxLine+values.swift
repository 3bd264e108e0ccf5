extension InfluxLine {
    /// A field's value; `nil` for a number beyond `Number.largest` or its own type's range.
    static func value(_ cursor: inout LineCursor) throws(LineProblem) -> DecodedReading.Value? {
        if cursor.peek == UInt8(ascii: "\"") { return .text(try string(&cursor)) }
        let range = cursor.skip(to: [UInt8(ascii: ","), UInt8(ascii: " ")])
        if let flag = flag(cursor.text, range) { return .flag(flag) }
        guard let found = number(cursor.text, range) else {
            throw cursor.expected("a value", at: range.lowerBound)
        }
        return found.map { .number($0) }
    }

    /// What is between the quotes, where only quotes and backslashes are escaped and a line
    /// may end. One that does not end leaves the cursor where it began.
    private static func string(_ cursor: inout LineCursor) throws(LineProblem) -> String {
        let mark = cursor.mark
        cursor.advance()
        var bytes: [UInt8] = []
        while let byte = cursor.peek {
            cursor.advance()
            switch (byte, cursor.peek) {
            case (UInt8(ascii: "\""), _):
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw cursor.expected("UTF-8", at: mark.index + 1)
                }
                return text
            case (UInt8(ascii: "\\"), .some(let next))
            where next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\"):
                cursor.advance()
                bytes.append(next)
            default: bytes.append(byte)
            }
        }
        cursor.rewind(to: mark)
        throw cursor.expected("a string with a closing '\"'")
    }

    private static func flag(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool? {
        let truths: [StaticString] = ["t", "T", "true", "True", "TRUE"]
        let falsehoods: [StaticString] = ["f", "F", "false", "False", "FALSE"]
        guard range.count <= 5 else { return nil }
        if truths.contains(where: { text.equals($0, in: range) }) { return true }
        return falsehoods.contains(where: { text.equals($0, in: range) }) ? false : nil
    }
}
