extension Document {
    /// A message that is one object of MessagePack
    /// (github.com/msgpack/msgpack/blob/master/spec.md).
    package init(messagePack bytes: Span<UInt8>) throws(Undecodable) {
        var reader = MessagePackReader(bytes)
        self = try reader.value(depth: 0)
        try reader.cursor.expectEnd()
    }
}

/// Reads objects of MessagePack, also where another format would have been shorter.
struct MessagePackReader: ~Escapable {
    var cursor: DocumentCursor

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { cursor = DocumentCursor(bytes, format: "MessagePack") }

    /// - Parameter depth: how many arrays and maps it is in.
    mutating func value(depth: Int) throws(Undecodable) -> Document {
        try cursor.countValue()
        let start = cursor.offset
        let format = try cursor.byte("a value")
        if let integer = try integer(format) { return integer }
        if let length = try textLength(format) { return .text(try cursor.text(length)) }
        switch format {
        case 0x80...0x8f: return try map(UInt64(format & 0x0f), depth: depth)
        case 0x90...0x9f: return try array(UInt64(format & 0x0f), depth: depth)
        case 0xc0: return .null
        case 0xc2: return .flag(false)
        case 0xc3: return .flag(true)
        case 0xc4...0xc6: return .bytes(try cursor.raw(length(format - 0xc4)))
        case 0xc7...0xc9: return try extended(length(format - 0xc7))
        case 0xca: return Document(Double(Float(bitPattern: try cursor.integer(UInt32.self))))
        case 0xcb: return Document(Double(bitPattern: try cursor.integer(UInt64.self)))
        case 0xd4...0xd8: return try extended(1 << UInt64(format - 0xd4))
        case 0xdc, 0xdd: return try array(length(format - 0xdb), depth: depth)
        case 0xde, 0xdf: return try map(length(format - 0xdd), depth: depth)
        default: throw cursor.malformed("a format in use", at: start)
        }
    }

    private mutating func array(_ stated: UInt64, depth: Int) throws(Undecodable) -> Document {
        try cursor.checkDepth(depth)
        var elements: [Document] = []
        for _ in 0..<(try cursor.count(stated)) {
            elements.append(try value(depth: depth + 1))
        }
        return .array(elements)
    }

    private mutating func map(_ stated: UInt64, depth: Int) throws(Undecodable) -> Document {
        try cursor.checkDepth(depth)
        var members: [Document.Member] = []
        for _ in 0..<(try cursor.count(stated, ofAtLeast: 2)) {
            let name = try key()
            members.append(Document.Member(name, try value(depth: depth + 1)))
        }
        return .object(members)
    }

    private mutating func key() throws(Undecodable) -> String {
        let start = cursor.offset
        let format = try cursor.byte("a key")
        // As text, since a double does not say each integer of 64 bits.
        if format == 0xcf { return "\(try cursor.integer(UInt64.self))" }
        if case .number(let number) = try integer(format) { return number.description }
        guard let length = try textLength(format) else {
            throw cursor.malformed("a text or an integer as a key", at: start)
        }
        return try cursor.text(length)
    }

    /// `nil` where the format is not one of integers.
    private mutating func integer(_ format: UInt8) throws(Undecodable) -> Document? {
        switch format {
        case 0x00...0x7f: Document(Int64(format))
        case 0xcc: Document(UInt64(try cursor.integer(UInt8.self)))
        case 0xcd: Document(UInt64(try cursor.integer(UInt16.self)))
        case 0xce: Document(UInt64(try cursor.integer(UInt32.self)))
        case 0xcf: Document(try cursor.integer(UInt64.self))
        case 0xd0: Document(Int64(Int8(bitPattern: try cursor.integer(UInt8.self))))
        case 0xd1: Document(Int64(Int16(bitPattern: try cursor.integer(UInt16.self))))
        case 0xd2: Document(Int64(Int32(bitPattern: try cursor.integer(UInt32.self))))
        case 0xd3: Document(Int64(bitPattern: try cursor.integer(UInt64.self)))
        case 0xe0...0xff: Document(Int64(Int8(bitPattern: format)))
        default: nil
        }
    }

    /// `nil` where the format is not one of texts.
    private mutating func textLength(_ format: UInt8) throws(Undecodable) -> UInt64? {
        switch format {
        case 0xa0...0xbf: UInt64(format & 0x1f)
        case 0xd9...0xdb: try length(format - 0xd9)
        default: nil
        }
    }

    /// - Parameter size: the logarithm of the length's own size.
    private mutating func length(_ size: UInt8) throws(Undecodable) -> UInt64 {
        switch size {
        case 0: UInt64(try cursor.integer(UInt8.self))
        case 1: UInt64(try cursor.integer(UInt16.self))
        default: UInt64(try cursor.integer(UInt32.self))
        }
    }
}
