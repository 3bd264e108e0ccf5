/// Eight bytes of a text that are looked at together, the first one in the lowest bits.
struct ByteWord {
    let bits: UInt64

    static let size = 8

    /// - Precondition: `index >= 0` and `index + size <= text.count`, which nobody checks.
    @inline(__always)
    init(_ text: Span<UInt8>, uncheckedAt index: Int) {
        bits = UInt64(
            littleEndian: text.bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index, as: UInt64.self))
    }

    /// A bit in each byte, times a byte.
    @inline(__always)
    private static func each(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    /// How many bytes come before the first that is not plain in a JSON string: a quote, a
    /// backslash, a control character, or beyond ASCII.
    ///
    /// A difference borrows from the byte above it only where it has found something itself, so
    /// the lowest bit is right, whatever the ones above say.
    @inline(__always)
    var plainCount: Int {
        let quote = bits ^ Self.each(UInt8(ascii: "\""))
        let backslash = bits ^ Self.each(UInt8(ascii: "\\"))
        let found =
            (quote &- Self.each(1)) & ~quote | (backslash &- Self.each(1)) & ~backslash
            | (bits &- Self.each(0x20)) & ~bits | bits
        return (found & Self.each(0x80)).trailingZeroBitCount / 8
    }

    /// How many digits come before the first byte that is none.
    ///
    /// A sum carries into the byte above it only where it has found something itself.
    @inline(__always)
    var digitCount: Int {
        let values = bits ^ Self.each(UInt8(ascii: "0"))
        let found = (values &+ Self.each(0x76) | values) & Self.each(0x80)
        return found.trailingZeroBitCount / 8
    }

    /// What the first `count` digits say.
    ///
    /// - Precondition: `count` is 1...8, and these are digits.
    @inline(__always)
    func number(ofDigits count: Int) -> UInt64 {
        // As if zeros came before them: neighbours are joined to pairs, to fours, to eight.
        let digits =
            (bits ^ Self.each(UInt8(ascii: "0"))) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        let pairs = (digits &* 10 &+ digits &>> 8) & 0x00ff_00ff_00ff_00ff
        let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_ffff_0000_ffff
        return (fours &* 10_000 &+ fours &>> 32) & 0xffff_ffff
    }

    /// The first `count` bytes, and zeros after them.
    @inline(__always)
    func prefix(_ count: Int) -> UInt64 {
        count < Self.size ? bits & (1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1) : bits
    }
}
