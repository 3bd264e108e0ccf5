/// A fast 64-bit hash by folded multiplication, after wyhash (Wang Yi, 2019). Not
/// cryptographic: where an outsider chooses the bytes and collisions would cost, give a
/// random seed.
package enum ByteHash {
    package static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
        bytes.withUnsafeBytes { raw in
            var state = seed ^ 0xa076_1d64_78bd_642f
            var offset = 0
            while offset + 8 <= raw.count {
                let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                state = fold(state ^ UInt64(littleEndian: word), 0xe703_7ed1_a0b4_28db)
                offset += 8
            }
            var tail: UInt64 = 0
            for index in offset..<raw.count { tail = tail << 8 | UInt64(raw[index]) }
            state = fold(state ^ tail, 0x8ebc_6af0_9c88_c6e3)
            return fold(state ^ UInt64(raw.count), 0x5899_65cc_7537_4cc3)
        }
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (high, low) = left.multipliedFullWidth(by: right)
        return high ^ low
    }

    /// Of a message: what tells it from others with its packet id.
    package static func message(topic: Span<UInt8>, payload: Span<UInt8>) -> UInt64 {
        hash(payload, seed: hash(topic))
    }
}
