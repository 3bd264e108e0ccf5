/// The digits of a number as they are read.
struct DecimalDigits {
    /// A mantissa of so many digits fits, whatever they are.
    private static let safeCount = 18

    private var mantissa: UInt64 = 0
    private var isNegative = false
    private var count = 0
    /// Decimal places minus the exponent.
    private var scale = 0

    /// Where the number ends that begins at `start`; -1 where none does.
    ///
    /// - Precondition: `start >= 0`. The index only grows, past bytes that were compared with
    ///   `text.count` first, so that these are read unchecked.
    @inline(__always)
    mutating func read(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        if index < text.count {
            let sign = text[unchecked: index]
            isNegative = sign == UInt8(ascii: "-")
            if isNegative || sign == UInt8(ascii: "+") { index += 1 }
        }
        count = readDigits(text, &index)
        guard count > 0 else { return -1 }
        if index < text.count, text[unchecked: index] == UInt8(ascii: ".") {
            index += 1
            scale = readDigits(text, &index)
            guard scale > 0 else { return -1 }
            count += scale
        }
        if index < text.count, text[unchecked: index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            guard readExponent(text, &index) else { return -1 }
        }
        return index
    }

    /// How many there are. Of too many the mantissa wraps around.
    @inline(__always)
    private mutating func readDigits(_ text: Span<UInt8>, _ index: inout Int) -> Int {
        let start = index
        while text.count - index >= ByteWord.size {
            let word = ByteWord(text, uncheckedAt: index)
            let run = word.digitCount
            guard run > 0 else { return index - start }
            let power = UInt64(truncatingIfNeeded: Number.integerPower(UInt8(run)))
            mantissa = mantissa &* power &+ word.number(ofDigits: run)
            index += run
            if run < ByteWord.size { return index - start }
        }
        while index < text.count {
            let digit = text[unchecked: index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            index += 1
        }
        return index - start
    }

    @inline(never)
    private mutating func readExponent(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        var exponent = 0
        var isDown = false
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")
        {
            isDown = text[index] == UInt8(ascii: "-")
            index += 1
        }
        let start = index
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            exponent = min(exponent * 10 + Int(digit), 100_000)
            index += 1
        }
        scale += isDown ? exponent : -exponent
        return index > start
    }

    /// What was read, where that is a decimal.
    ///
    /// - Parameter text: all of the number.
    @inline(__always)
    mutating func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Number? {
        guard count <= Self.safeCount || refit(text, range) else { return nil }
        let magnitude = Int64(truncatingIfNeeded: mantissa)
        let signed = isNegative ? -magnitude : magnitude
        if (0...Int(Number.maximumScale)).contains(scale) {
            return .decimal(mantissa: signed, scale: UInt8(scale))
        }
        if signed == 0 { return .zero }
        guard scale < 0, scale >= -Int(Number.maximumScale) else { return nil }
        let (product, isBeyond) = signed.multipliedReportingOverflow(
            by: Number.integerPower(UInt8(-scale)))
        return isBeyond ? nil : .decimal(mantissa: product, scale: 0)
    }

    /// Whether many digits fit after all; they may be zeros.
    @inline(never)
    private mutating func refit(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        mantissa = 0
        for index in range {
            if text[index] | 0x20 == UInt8(ascii: "e") { break }
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { continue }
            guard mantissa <= 922_337_203_685_477_579 else { return false }
            mantissa = mantissa * 10 + UInt64(digit)
        }
        return true
    }
}
