/// The head of a data item (RFC 8949, section 3).
struct CBORHead {
    enum Major: UInt8 { case unsigned, negative, bytes, text, array, map, tag, simple }

    let offset: Int
    let major: Major
    /// The low five bits of the initial byte: a small argument, or the size of one.
    let information: UInt8
    /// 0 where the length is indefinite.
    let argument: UInt64

    static let breakCode: UInt8 = 0xff

    var isIndefinite: Bool { information == 31 }

    init(from cursor: inout DocumentCursor) throws(Undecodable) {
        offset = cursor.offset
        let initial = try cursor.byte("a value")
        // Three bits: there is always one.
        major = Major(rawValue: initial >> 5) ?? .simple
        information = initial & 31
        argument =
            switch information {
            case 0..<24: UInt64(information)
            case 24: UInt64(try cursor.integer(UInt8.self))
            case 25: UInt64(try cursor.integer(UInt16.self))
            case 26: UInt64(try cursor.integer(UInt32.self))
            case 27: try cursor.integer(UInt64.self)
            case 31 where Major.bytes.rawValue...Major.map.rawValue ~= major.rawValue: 0
            default:
                throw cursor.malformed(
                    initial == Self.breakCode ? "a value, not a break" : "a length in use",
                    at: offset)
            }
    }
}
