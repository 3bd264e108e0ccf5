/// Takes choices from an input, and zeros once it is used up.
struct FuzzInput {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

    /// Below `bound`.
    mutating func choice(_ bound: Int) -> Int { Int(byte()) % bound }

    /// Little endian.
    mutating func integer(bytes count: Int = 8) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(byte()) << UInt64($1 * 8) }
    }

    /// At most so many.
    mutating func take(_ count: Int) -> [UInt8] {
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    /// So many as the next byte says.
    mutating func short() -> [UInt8] { take(Int(byte())) }

    /// So many as the next two bytes say.
    mutating func long() -> [UInt8] { take(Int(integer(bytes: 2))) }

    mutating func rest() -> [UInt8] { take(bytes.count) }

    /// Up to the next byte of this value, which is left out.
    mutating func until(_ end: UInt8) -> [UInt8] {
        let piece = Array(bytes.prefix { $0 != end })
        bytes = bytes.dropFirst(piece.count + 1)
        return piece
    }
}

/// Builds what `FuzzInput` takes apart.
struct FuzzOutput {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func integer(_ value: UInt64, bytes count: Int = 8) {
        for shift in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift * 8)))
        }
    }

    mutating func short(_ piece: [UInt8]) {
        byte(UInt8(piece.count))
        raw(piece)
    }

    mutating func long(_ piece: [UInt8]) {
        integer(UInt64(piece.count), bytes: 2)
        raw(piece)
    }

    mutating func raw(_ piece: [UInt8]) { bytes += piece }
}
