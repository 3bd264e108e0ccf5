extension Number {
    /// A number in JSON's syntax (RFC 8259, section 6), besides which a leading `+` and leading
    /// zeros are allowed. `nil` for anything else, infinities, "NaN" and magnitudes beyond
    /// 10^60 included.
    package init?(parsing text: Span<UInt8>) { self.init(parsing: text, 0..<text.count) }

    /// The number that is all of the range. No digit, point or exponent follows it: what comes
    /// after it is looked at together with it.
    init?(parsing text: Span<UInt8>, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
        var digits = DecimalDigits()
        guard digits.read(text, from: range.lowerBound) == range.upperBound else { return nil }
        guard let number = digits.number(text, range) ?? Self.rounded(text.extracting(range)) else {
            return nil
        }
        self = number
    }

    /// Rare: left to the standard library, which rounds correctly.
    @inline(never)
    private static func rounded(_ text: Span<UInt8>) -> Number? {
        let copy = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        return Double(copy).flatMap { $0.magnitude <= largest ? .binary($0) : nil }
    }
}
