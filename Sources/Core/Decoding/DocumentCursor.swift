/// A place in a message of CBOR or MessagePack: what both need to read there, and the
/// limits of a `Document`.
struct DocumentCursor: ~Escapable {
    private let bytes: Span<UInt8>
    private let format: StaticString
    private(set) var offset = 0
    private var values = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, format: StaticString) {
        self.bytes = bytes
        self.format = format
    }

    var remaining: Int { bytes.count - offset }
    /// The byte here, if any.
    var peek: UInt8? { remaining > 0 ? bytes[offset] : nil }

    mutating func byte(_ expected: StaticString = "more") throws(Undecodable) -> UInt8 {
        guard let byte = peek else { throw malformed("\(expected)") }
        offset += 1
        return byte
    }

    /// In network byte order.
    mutating func integer<I: FixedWidthInteger & UnsignedInteger>(
        _ type: I.Type
    ) throws(Undecodable) -> I {
        let size = I.bitWidth / 8
        guard size <= remaining else { throw malformed(Self.bytes(UInt64(size))) }
        var value: UInt64 = 0
        for index in offset..<offset + size { value = value << 8 | UInt64(bytes[index]) }
        offset += size
        return I(truncatingIfNeeded: value)
    }

    mutating func raw(_ count: UInt64) throws(Undecodable) -> [UInt8] {
        let range = try take(count)
        return bytes.extracting(range).withUnsafeBufferPointer { Array($0) }
    }

    mutating func text(_ count: UInt64) throws(Undecodable) -> String {
        let range = try take(count)
        do {
            return String(copying: try UTF8Span(validating: bytes.extracting(range)))
        } catch {
            throw malformed("UTF-8", at: range.lowerBound + error.byteOffsets.lowerBound)
        }
    }

    private mutating func take(_ count: UInt64) throws(Undecodable) -> Range<Int> {
        guard count <= UInt64(remaining) else { throw malformed(Self.bytes(count)) }
        let start = offset
        offset += Int(count)
        return start..<offset
    }

    /// How many values or members follow, if each of them can have a byte of its own.
    func count(_ stated: UInt64, ofAtLeast size: Int = 1) throws(Undecodable) -> Int {
        guard stated <= UInt64(remaining / size) else {
            throw malformed("\(stated) \(size == 1 ? "values" : "members") in \(remaining) bytes")
        }
        return Int(stated)
    }

    mutating func countValue() throws(Undecodable) {
        guard values < Document.maximumValues else {
            throw malformed("at most \(Document.maximumValues) values")
        }
        values += 1
    }

    /// - Parameter depth: of what is to contain other values.
    func checkDepth(_ depth: Int) throws(Undecodable) {
        guard depth < Document.maximumDepth else {
            throw malformed("at most \(Document.maximumDepth) levels")
        }
    }

    func expectEnd() throws(Undecodable) {
        guard remaining == 0 else { throw malformed("nothing after the value") }
    }

    func malformed(_ expected: String, at place: Int? = nil) -> Undecodable {
        Undecodable("not \(format): expected \(expected) at byte \(place ?? offset)")
    }

    private static func bytes(_ count: UInt64) -> String {
        count == 1 ? "1 more byte" : "\(count) more bytes"
    }
}
