/// Walks over a text of digits and separators.
struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    /// Exactly so many digits.
    mutating func number(digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// One digit or more.
    mutating func number(atMost digits: Int) -> Int64? {
        guard var value = digit() else { return nil }
        for _ in 1..<digits {
            guard let digit = digit() else { break }
            value = value * 10 + digit
        }
        return value
    }

    /// `AM` or `PM`, a space before it or none: the hours to add to those on a dial.
    mutating func halfOfDay() -> Int64? {
        var ahead = self
        _ = ahead.any(of: " ")
        guard let half = ahead.any(of: "AaPp"), ahead.any(of: "Mm") != nil else { return nil }
        self = ahead
        return "Pp".contains(half) ? 12 : 0
    }

    /// The digits after a decimal point, cut to thousandths.
    mutating func thousandths() -> Int64? {
        guard let first = digit() else { return nil }
        var (value, weight) = (first * 100, Int64(10))
        while let digit = digit() {
            value += digit * weight
            weight /= 10
        }
        return value
    }

    /// The next character, when it is one of these.
    mutating func any(of characters: String) -> String? {
        guard let byte = rest.first, characters.utf8.contains(byte) else { return nil }
        rest.removeFirst()
        return String(UnicodeScalar(byte))
    }

    private mutating func digit() -> Int64? {
        guard let byte = rest.first, (48...57).contains(byte) else { return nil }
        rest.removeFirst()
        return Int64(byte - 48)
    }
}
