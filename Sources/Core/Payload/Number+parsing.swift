extension Number {
    /// A number in JSON's syntax (RFC 8259, section 6), besides which a leading `+` is
    /// allowed. `nil` for anything else, infinities, "NaN" and magnitudes beyond 10^60
    /// included.
    package init?(parsing text: Span<UInt8>) {
        var digits = DecimalDigits()
        guard digits.read(text), let number = digits.number(text) else { return nil }
        self = number
    }
}

/// The digits of a number as they are read.
private struct DecimalDigits {
    private var mantissa: Int64 = 0
    private var negative = false
    /// Decimal places minus the exponent.
    private var scale = 0
    /// More digits than an `Int64` holds.
    private var overflow = false

    /// Whether the text is a number.
    mutating func read(_ text: Span<UInt8>) -> Bool {
        var index = 0
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")
        {
            negative = text[index] == UInt8(ascii: "-")
            index += 1
        }
        let whole = readDigits(text, &index)
        guard whole > 0 else { return false }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            let places = readDigits(text, &index)
            guard places > 0 else { return false }
            scale = places
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            guard readExponent(text, &index) else { return false }
        }
        return index == text.count
    }

    private mutating func readDigits(_ text: Span<UInt8>, _ index: inout Int) -> Int {
        let start = index
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            if mantissa <= 922_337_203_685_477_579 {
                mantissa = mantissa * 10 + Int64(digit)
            } else {
                overflow = true
            }
            index += 1
        }
        return index - start
    }

    private mutating func readExponent(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        var exponent = 0
        var down = false
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")
        {
            down = text[index] == UInt8(ascii: "-")
            index += 1
        }
        let start = index
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            exponent = Swift.min(exponent * 10 + Int(digit), 100_000)
            index += 1
        }
        scale += down ? exponent : -exponent
        return index > start
    }

    func number(_ text: Span<UInt8>) -> Number? {
        let signed = negative ? -mantissa : mantissa
        if !overflow, (0...Int(Number.maximumScale)).contains(scale) {
            return .decimal(mantissa: signed, scale: UInt8(scale))
        }
        if !overflow, mantissa == 0 { return .zero }
        if !overflow, scale < 0, scale >= -Int(Number.maximumScale) {
            let (product, over) = signed.multipliedReportingOverflow(
                by: Number.integerPower(UInt8(-scale)))
            if !over { return .decimal(mantissa: product, scale: 0) }
        }
        // Rare: left to the standard library, which rounds correctly.
        let copy = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        return Double(copy).flatMap { $0.magnitude <= Number.largest ? .binary($0) : nil }
    }
}
