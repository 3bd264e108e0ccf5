extension Document {
    /// A JSON text (RFC 8259), fully validated.
    package init(json text: Span<UInt8>) throws(Undecodable) {
        var reader = JSONDocumentReader(text)
        do {
            self = try reader.whole()
        } catch {
            throw Undecodable(error.description)
        }
    }
}

/// Makes a document of what `JSONCursor` reads.
private struct JSONDocumentReader: ~Escapable {
    private let text: Span<UInt8>
    private var cursor: JSONCursor
    private var values = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) {
        self.text = text
        cursor = JSONCursor(text)
    }

    mutating func whole() throws(JSONScanner.Malformed) -> Document {
        let document = try value(depth: 0)
        cursor.skipSpace()
        guard cursor.isAtEnd else { throw cursor.malformed("nothing after the value") }
        return document
    }

    private mutating func value(depth: Int) throws(JSONScanner.Malformed) -> Document {
        values += 1
        guard depth <= Document.maximumDepth else {
            throw cursor.malformed("at most \(Document.maximumDepth) levels")
        }
        guard values <= Document.maximumValues else {
            throw cursor.malformed("at most \(Document.maximumValues) values")
        }
        cursor.skipSpace()
        switch cursor.peek {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"):
            try cursor.literal("true")
            return .flag(true)
        case UInt8(ascii: "f"):
            try cursor.literal("false")
            return .flag(false)
        case UInt8(ascii: "n"):
            try cursor.literal("null")
            return .null
        default:
            let digits = text.extracting(try cursor.number())
            if let number = Number(parsing: digits) { return .number(number) }
            return .noNumber(digits.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
        }
    }

    private mutating func string() throws(JSONScanner.Malformed) -> String {
        String(decoding: cursor.unescaped(try cursor.string()), as: UTF8.self)
    }

    private mutating func members(depth: Int) throws(JSONScanner.Malformed) -> [Document.Member] {
        cursor.advance()
        cursor.skipSpace()
        var members: [Document.Member] = []
        if cursor.take(UInt8(ascii: "}")) { return members }
        while true {
            cursor.skipSpace()
            guard cursor.peek == UInt8(ascii: "\"") else { throw cursor.malformed("a name") }
            let name = try string()
            cursor.skipSpace()
            guard cursor.take(UInt8(ascii: ":")) else { throw cursor.malformed("':'") }
            members.append(Document.Member(name, try value(depth: depth + 1)))
            cursor.skipSpace()
            if cursor.take(UInt8(ascii: ",")) { continue }
            guard cursor.take(UInt8(ascii: "}")) else { throw cursor.malformed("',' or '}'") }
            return members
        }
    }

    private mutating func elements(depth: Int) throws(JSONScanner.Malformed) -> [Document] {
        cursor.advance()
        cursor.skipSpace()
        var elements: [Document] = []
        if cursor.take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            cursor.skipSpace()
            if cursor.take(UInt8(ascii: ",")) { continue }
            guard cursor.take(UInt8(ascii: "]")) else { throw cursor.malformed("',' or ']'") }
            return elements
        }
    }
}
