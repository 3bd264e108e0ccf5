/// A number in a text, perhaps with its unit: `30.11 °C`, `0.034`, `[215]`.
struct MeasuredText: Hashable {
    let number: Number
    let unit: String?

    /// `nil` for other text: what follows the number must be a unit that is known or, after a
    /// space, anything short.
    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, first == 0x20 || first == 0x5b { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x5d { bytes = bytes.dropLast() }
        let digits = bytes.prefix { Self.isOfNumber($0) }
        // An exponent's `e` may be a unit's first letter.
        for length in stride(from: digits.count, to: 0, by: -1) {
            let written = digits.prefix(length)
            guard let number = Number(parsing: Array(written).span) else { continue }
            let rest = String(decoding: bytes.dropFirst(length), as: UTF8.self)
            let unit = String(rest.drop { $0 == " " })
            let isApart = unit.utf8.count < rest.utf8.count
            guard unit.isEmpty || Self.isUnit(unit, after: written, isApart: isApart),
                !Self.isHex(written)
            else { return nil }
            // An identifier or a telephone number, not a quantity.
            let isPadded =
                digits.count > 1 && digits.first == 0x30 && digits.dropFirst().first != 0x2e
            guard !(unit.isEmpty && (isPadded || length > 18)) else { return nil }
            self.number = number
            self.unit = unit.isEmpty ? nil : unit
            return
        }
        return nil
    }

    var hasKnownUnit: Bool { unit.map(DeviceUnits.known.contains) ?? false }

    /// Whether a text is a number to people, if not to us: with a decimal comma, or none at all.
    static func isAlmost(_ text: String) -> Bool {
        let words = ["nan", "inf", "-inf", "+inf", "infinity", "-infinity"]
        if words.contains(text.lowercased()) { return true }
        let number = text.prefix { !$0.isWhitespace }
        let parts = number.drop { "+-".contains($0) }.split(
            separator: ",", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber }
            }
    }

    /// Room `2A`, slot `4C` and a byte `5F` are no quantities: one letter stands after a space or
    /// after a fraction, but for volts and watts.
    private static func isUnit(
        _ unit: String, after number: ArraySlice<UInt8>, isApart: Bool
    ) -> Bool {
        guard isApart || DeviceUnits.known.contains(unit) else { return false }
        guard !isApart else { return DeviceUnits.known.contains(unit) || mayBeUnit(unit) }
        let isLetter = unit.utf8.count == 1 && !["%", "V", "W"].contains(unit)
        return !isLetter || number.contains(UInt8(ascii: "."))
    }

    private static func mayBeUnit(_ text: String) -> Bool {
        guard let first = text.first, first.isLetter || "°%Ω".contains(first), text.count <= 12,
            !["am", "pm", "utc", "gmt", "ok", "of", "x"].contains(text.lowercased())
        else { return false }
        return text.allSatisfy { $0.isLetter || $0.isNumber || "/%°^²³·*-.()Ω".contains($0) }
    }

    /// `12E4`: bytes in hexadecimal more likely than a number without a point.
    private static func isHex(_ number: ArraySlice<UInt8>) -> Bool {
        guard let mark = number.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
            return false
        }
        let hasPoint = number.contains(UInt8(ascii: "."))
        let hasSign = number[mark...].contains { $0 == 0x2b || $0 == 0x2d }
        return !hasPoint && !hasSign
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == 0x2e || byte == 0x2d || byte == 0x2b
            || byte | 0x20 == UInt8(ascii: "e")
    }
}
