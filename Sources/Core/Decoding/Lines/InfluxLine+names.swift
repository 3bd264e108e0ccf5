extension InfluxLine {
    /// Where a name ends, which are the bytes that a backslash escapes in it.
    struct Ends: Sendable {
        let bytes: [UInt8]

        static let measurement = Ends(bytes: [UInt8(ascii: ","), UInt8(ascii: " ")])
        /// Of a tag, of its value, and of a field.
        static let key = Ends(bytes: [UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: " ")])
    }

    /// A name, escapes undone. A backslash before any other byte is a backslash.
    static func name(
        _ what: String, _ ends: Ends, _ cursor: inout LineCursor
    ) throws(LineProblem) -> String {
        let start = cursor.index
        var bytes: [UInt8] = []
        while !cursor.isAtLineEnd, let byte = cursor.peek, !ends.bytes.contains(byte) {
            if byte == UInt8(ascii: "\\"), let next = cursor.second, ends.bytes.contains(next) {
                cursor.advance()
                bytes.append(next)
            } else {
                bytes.append(byte)
            }
            cursor.advance()
        }
        guard !bytes.isEmpty else { throw cursor.expected(what) }
        guard bytes.count <= LineOutcome.maximumName else {
            throw cursor.expected("\(what) of \(LineOutcome.maximumName) bytes", at: start)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw cursor.expected("UTF-8", at: start)
        }
        return text
    }
}
