/// Reads the records of a text of comma-separated values (RFC 4180, section 2), with any
/// byte as the comma.
struct CSVRecordReader: ~Escapable {
    private let delimiter: UInt8
    private let comment: [UInt8]
    private var cursor: LineCursor
    /// Where the last record began.
    private(set) var line = 1
    private(set) var fields: [String] = []

    static let maximumFields = 4_096

    @_lifetime(copy text)
    init(_ text: Span<UInt8>, delimiter: UInt8 = UInt8(ascii: ","), comment: [UInt8] = []) {
        cursor = LineCursor(text)
        self.delimiter = delimiter
        self.comment = comment
        if cursor.begins(with: [0xef, 0xbb, 0xbf]) { for _ in 0..<3 { cursor.advance() } }
    }

    /// Reads the next record into `fields`; empty lines and comments are none. After a
    /// problem the next one is that of the next line.
    ///
    /// - Returns: whether there was one.
    mutating func next() throws(LineProblem) -> Bool {
        fields.removeAll(keepingCapacity: true)
        while cursor.isAtLineEnd || (!comment.isEmpty && cursor.begins(with: comment)) {
            guard !cursor.isAtEnd else { return false }
            cursor.skipLine()
        }
        line = cursor.line
        defer { cursor.skipLine() }
        try record()
        return true
    }

    private mutating func record() throws(LineProblem) {
        repeat {
            guard fields.count < Self.maximumFields else {
                throw cursor.expected("at most \(Self.maximumFields) fields")
            }
            fields.append(try field())
        } while cursor.take(delimiter)
        guard cursor.isAtLineEnd else {
            throw cursor.expected("nothing after the closing '\"'")
        }
    }

    private mutating func field() throws(LineProblem) -> String {
        if cursor.peek == UInt8(ascii: "\"") { return try quoted() }
        let range = cursor.skip(to: [delimiter, UInt8(ascii: "\"")])
        guard cursor.peek != UInt8(ascii: "\"") else {
            throw cursor.expected("no '\"' inside a field without quotes")
        }
        guard let text = cursor.text.text(range) else {
            throw cursor.expected("UTF-8", at: range.lowerBound)
        }
        return text
    }

    /// What does not end leaves the cursor where it began.
    private mutating func quoted() throws(LineProblem) -> String {
        let mark = cursor.mark
        cursor.advance()
        var bytes: [UInt8] = []
        while let byte = cursor.peek {
            cursor.advance()
            if byte == UInt8(ascii: "\""), !cursor.take(byte) {
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw cursor.expected("UTF-8", at: mark.index + 1)
                }
                return text
            }
            bytes.append(byte)
        }
        cursor.rewind(to: mark)
        throw cursor.expected("a closing '\"'")
    }
}
