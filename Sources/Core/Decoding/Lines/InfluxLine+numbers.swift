extension InfluxLine {
    /// An integer `12i`, an unsigned integer `12u` or a float. `nil` for what is no number;
    /// `.some(nil)` for one beyond its type's range or `Number.largest`.
    static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Number?? {
        let end = range.upperBound - 1
        guard end > range.lowerBound else { return float(text, range) }
        let digits = range.lowerBound..<end
        switch text[end] {
        case UInt8(ascii: "i"):
            guard isInteger(text, digits), let digits = text.text(digits) else { return nil }
            return .some(Int64(digits).map { .decimal(mantissa: $0, scale: 0) })
        case UInt8(ascii: "u"):
            guard isInteger(text, digits), let digits = text.text(digits) else { return nil }
            return .some(UInt64(digits).map { Number(unsigned: $0) })
        default: return float(text, range)
        }
    }

    private static func isInteger(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        if text[start] == UInt8(ascii: "-") || text[start] == UInt8(ascii: "+") { start += 1 }
        guard start < range.upperBound else { return false }
        return digits(text, start..<range.upperBound) == range.upperBound
    }

    /// In JSON's syntax, but for the `.5` and `5.` that InfluxDB takes, too.
    private static func float(_ text: Span<UInt8>, _ range: Range<Int>) -> Number?? {
        var bytes: [UInt8] = []
        var index = range.lowerBound
        func take(_ set: String) {
            guard index < range.upperBound, set.utf8.contains(text[index]) else { return }
            bytes.append(text[index])
            index += 1
        }
        func takeDigits() -> Int {
            let end = digits(text, index..<range.upperBound)
            defer { index = end }
            for place in index..<end { bytes.append(text[place]) }
            return end - index
        }
        take("+-")
        let whole = takeDigits()
        if whole == 0 { bytes.append(UInt8(ascii: "0")) }
        let mark = bytes.count
        take(".")
        var places = 0
        if bytes.count > mark {
            places = takeDigits()
            if places == 0 { bytes.removeLast() }
        }
        guard whole + places > 0 else { return nil }
        let exponent = bytes.count
        take("eE")
        if bytes.count > exponent {
            take("+-")
            guard takeDigits() > 0 else { return nil }
        }
        guard index == range.upperBound else { return nil }
        return .some(Number(parsing: bytes.span))
    }

    /// Where the digits at the range's beginning end.
    private static func digits(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, text[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        return index
    }
}
