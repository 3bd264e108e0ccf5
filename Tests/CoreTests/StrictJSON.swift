import Core

/// RFC 8259 by the book: slow, with a list of all values by their paths.
struct StrictJSON {
    enum Value: Equatable {
        case number(String)
        case string([UInt8])
        case truth, falsehood, null, other
    }

    private var rest: ArraySlice<Unicode.Scalar>
    private(set) var values: [[JSONPath.Step]: Value] = [:]

    /// `nil` for what is no JSON, and for more than 64 levels.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        rest = Array(text.unicodeScalars)[...]
        guard value([]) else { return nil }
        space()
        guard rest.isEmpty else { return nil }
    }

    private mutating func space() { rest = rest.drop { " \t\n\r".unicodeScalars.contains($0) } }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest = rest.dropFirst(text.unicodeScalars.count)
        return true
    }

    private mutating func value(_ path: [JSONPath.Step]) -> Bool {
        space()
        let value: Value
        switch rest.first {
        case "{", "[":
            guard path.count < 64, members(path) else { return false }
            value = .other
        case "\"":
            guard let string = string() else { return false }
            value = .string(string)
        default:
            if take("true") {
                value = .truth
            } else if take("false") {
                value = .falsehood
            } else if take("null") {
                value = .null
            } else {
                let text = String(String.UnicodeScalarView(rest))
                let pattern = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/
                guard let number = text.prefixMatch(of: pattern)?.output.0 else { return false }
                rest = rest.dropFirst(number.unicodeScalars.count)
                value = .number(String(number))
            }
        }
        values[path] = value
        return true
    }

    private mutating func members(_ path: [JSONPath.Step]) -> Bool {
        let isObject = rest.popFirst() == "{"
        let end = isObject ? "}" : "]"
        space()
        if take(end) { return true }
        var index = 0
        repeat {
            var step = JSONPath.Step.index(index)
            if isObject {
                space()
                guard let name = string() else { return false }
                space()
                guard take(":") else { return false }
                step = .key(name)
            }
            guard value(path + [step]) else { return false }
            index += 1
            space()
        } while take(",")
        return take(end)
    }

    private mutating func string() -> [UInt8]? {
        guard take("\"") else { return nil }
        var units: [UInt16] = []
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return Array(String(decoding: units, as: UTF16.self).utf8)
            case "\\":
                guard let unit = escape() else { return nil }
                units.append(unit)
            case "\u{0}"..<"\u{20}": return nil
            default: units += Array(String(scalar).utf16)
            }
        }
        return nil
    }

    private mutating func escape() -> UInt16? {
        guard let mark = rest.popFirst() else { return nil }
        if mark == "u" {
            let digits = rest.prefix(4)
            rest = rest.dropFirst(4)
            guard digits.count == 4, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else {
                return nil
            }
            return UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
        }
        let named: [Unicode.Scalar: UInt16] = [
            "\"": 0x22, "\\": 0x5c, "/": 0x2f, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
        ]
        return named[mark]
    }
}
