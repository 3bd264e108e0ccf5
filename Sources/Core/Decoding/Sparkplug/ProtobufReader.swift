/// Walks the fields of a message in Protocol Buffers' wire format (protobuf.dev, "Encoding"),
/// and of the messages in it.
struct ProtobufReader: ~Escapable {
    enum Wire: UInt8 {
        case varint = 0
        case fixed64 = 1
        case delimited = 2
        case groupStart = 3
        case groupEnd = 4
        case fixed32 = 5
    }

    struct Field {
        let number: UInt32
        let wire: Wire
        /// Where its key is.
        let offset: Int
    }

    /// Messages in each other beyond this many are refused.
    static let maximumDepth = 32

    private let bytes: Span<UInt8>
    private(set) var position = 0
    /// Of the message that is being read.
    private var end: Int
    private var depth = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
        end = bytes.count
    }

    /// The next field's key; `nil` at the end of the message.
    mutating func field() throws(Undecodable) -> Field? {
        guard position < end else { return nil }
        let offset = position
        let key = try varint()
        guard let number = UInt32(exactly: key >> 3), (1..<(1 << 29)).contains(number) else {
            throw expected("a field number", at: offset)
        }
        guard let wire = Wire(rawValue: UInt8(key & 7)) else {
            throw expected("a wire type", at: offset)
        }
        return Field(number: number, wire: wire, offset: offset)
    }

    /// Goes into the message that the field is.
    ///
    /// - Returns: the end of the message around it, to `leave` with.
    mutating func enter(_ field: Field) throws(Undecodable) -> Int {
        let range = try range(field)
        guard depth < Self.maximumDepth else {
            throw expected("at most \(Self.maximumDepth) levels", at: field.offset)
        }
        depth += 1
        position = range.lowerBound
        defer { end = range.upperBound }
        return end
    }

    mutating func leave(_ outerEnd: Int) {
        depth -= 1
        position = end
        end = outerEnd
    }

    func expected(_ what: String, at offset: Int) -> Undecodable {
        Undecodable("not Sparkplug: expected \(what) at byte \(offset)")
    }

    @_lifetime(copy self)
    func bytes(_ range: Range<Int>) -> Span<UInt8> { bytes.extracting(range) }

    mutating func varint() throws(Undecodable) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < end else { throw expected("the rest of a varint", at: position) }
            let byte = bytes[position]
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { break }
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        throw expected("a varint of at most 64 bits", at: position)
    }

    /// Little endian, of at most eight bytes.
    mutating func fixed(_ count: Int) throws(Undecodable) -> UInt64 {
        guard count <= end - position else { throw expected("\(count) bytes", at: position) }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(index * 8) }
        position += count
        return value
    }

    /// What a length says, which comes before it.
    mutating func delimited() throws(Undecodable) -> Range<Int> {
        let offset = position
        let length = try varint()
        guard length <= UInt64(end - position) else {
            throw expected("a length of at most \(end - position), not \(length),", at: offset)
        }
        let start = position
        position += Int(length)
        return start..<position
    }
}
