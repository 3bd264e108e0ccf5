extension Document {
    /// A message that is one data item of CBOR (RFC 8949).
    package init(cbor bytes: Span<UInt8>) throws(Undecodable) {
        var reader = CBORReader(bytes)
        self = try reader.value(depth: 0)
        try reader.cursor.expectEnd()
    }
}

/// Reads data items of CBOR (RFC 8949), whether or not in their preferred serialization.
struct CBORReader: ~Escapable {
    var cursor: DocumentCursor

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { cursor = DocumentCursor(bytes, format: "CBOR") }

    /// - Parameter depth: how many arrays, maps and tags it is in.
    mutating func value(depth: Int) throws(Undecodable) -> Document {
        let head = try CBORHead(from: &cursor)
        if head.major == .tag { return try tagged(head, depth: depth) }
        try cursor.countValue()
        switch head.major {
        case .unsigned: return Document(head.argument)
        case .negative: return Self.negative(head.argument)
        case .bytes: return .bytes(try bytes(head))
        case .text: return .text(try text(head))
        case .array: return .array(try array(head, depth: depth))
        case .map: return .object(try map(head, depth: depth))
        case .tag, .simple: return try simple(head)
        }
    }

    private mutating func array(
        _ head: CBORHead, depth: Int
    ) throws(Undecodable) -> [Document] {
        try cursor.checkDepth(depth)
        var elements: [Document] = []
        if head.isIndefinite {
            while !takeBreak() { elements.append(try value(depth: depth + 1)) }
        } else {
            for _ in 0..<(try cursor.count(head.argument)) {
                elements.append(try value(depth: depth + 1))
            }
        }
        return elements
    }

    private mutating func map(
        _ head: CBORHead, depth: Int
    ) throws(Undecodable) -> [Document.Member] {
        try cursor.checkDepth(depth)
        var members: [Document.Member] = []
        if head.isIndefinite {
            while !takeBreak() { members.append(try member(depth: depth)) }
        } else {
            for _ in 0..<(try cursor.count(head.argument, ofAtLeast: 2)) {
                members.append(try member(depth: depth))
            }
        }
        return members
    }

    private mutating func member(depth: Int) throws(Undecodable) -> Document.Member {
        let name = try key()
        return Document.Member(name, try value(depth: depth + 1))
    }

    /// Maps are keyed by anything in CBOR, by text in JSON, and by small integers in between.
    private mutating func key() throws(Undecodable) -> String {
        let head = try CBORHead(from: &cursor)
        switch head.major {
        case .text: return try text(head)
        case .unsigned: return "\(head.argument)"
        case .negative:
            let (magnitude, overflow) = head.argument.addingReportingOverflow(1)
            return overflow ? "-18446744073709551616" : "-\(magnitude)"
        default: throw cursor.malformed("a text or an integer as a key", at: head.offset)
        }
    }

    /// The end of an item of indefinite length (section 3.2.1).
    mutating func takeBreak() -> Bool {
        guard cursor.peek == CBORHead.breakCode else { return false }
        _ = try? cursor.byte()
        return true
    }
}
