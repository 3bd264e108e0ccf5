/// A number in a text, perhaps with its unit: `30.11 °C`, `0.034`, `[215]`.
struct MeasuredText: Hashable {
    let number: Number
    let unit: String?

    /// `nil` for other text: what follows the number must be a unit that is known.
    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, first == 0x20 || first == 0x5b { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x5d { bytes = bytes.dropLast() }
        let digits = bytes.prefix { Self.isOfNumber($0) }
        // An exponent's `e` may be a unit's first letter.
        for length in stride(from: digits.count, to: 0, by: -1) {
            guard let number = Number(parsing: Array(digits.prefix(length)).span) else { continue }
            let rest = String(decoding: bytes.dropFirst(length), as: UTF8.self)
            let unit = String(rest.drop { $0 == " " })
            guard unit.isEmpty || DeviceUnits.known.contains(unit) else { return nil }
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

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == 0x2e || byte == 0x2d || byte == 0x2b
            || byte | 0x20 == UInt8(ascii: "e")
    }
}
