/// The little of JSON (RFC 8259) that the simulator writes.
enum JSONText {
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted += "\\"
                quoted.unicodeScalars.append(scalar)
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Whether the text is a number of JSON's (RFC 8259, section 6).
    static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        _ = take("-", from: &rest)
        if !take("0", from: &rest), digits(&rest) == 0 { return false }
        if take(".", from: &rest), digits(&rest) == 0 { return false }
        if take("e", from: &rest) || take("E", from: &rest) {
            if !take("-", from: &rest) { _ = take("+", from: &rest) }
            if digits(&rest) == 0 { return false }
        }
        return rest.isEmpty
    }

    private static func take(_ mark: Unicode.Scalar, from rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    private static func digits(_ rest: inout Substring.UTF8View) -> Int {
        var count = 0
        while let byte = rest.first, (48...57).contains(byte) {
            rest.removeFirst()
            count += 1
        }
        return count
    }
}
