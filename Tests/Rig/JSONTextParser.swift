internal import Foundation

/// RFC 8259, for what the product writes.
struct JSONTextParser {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return rest.isEmpty
        }
    }

    mutating func value() throws -> JSONText {
        skipSpace()
        switch rest.first {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        default: return try word()
        }
    }

    private mutating func object() throws -> JSONText {
        var members: [String: JSONText] = [:]
        rest.removeFirst()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            let name = try string()
            guard take(":") else { throw mistake("':'") }
            members[name] = try value()
        } while take(",")
        guard take("}") else { throw mistake("'}'") }
        return .object(members)
    }

    private mutating func array() throws -> JSONText {
        var elements: [JSONText] = []
        rest.removeFirst()
        if take("]") { return .array(elements) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw mistake("']'") }
        return .array(elements)
    }

    private mutating func string() throws -> String {
        guard rest.first == UInt8(ascii: "\"") else { throw mistake("a string") }
        var end = rest.index(after: rest.startIndex)
        while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") {
            end += rest[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < rest.endIndex else { throw mistake("the end of a string") }
        let literal = rest[rest.startIndex...end]
        rest = rest[(end + 1)...]
        let plain = literal.dropFirst().dropLast()
        guard plain.contains(UInt8(ascii: "\\")) else {
            return String(decoding: plain, as: UTF8.self)
        }
        return try JSONDecoder().decode(String.self, from: Data(literal))
    }

    private mutating func word() throws -> JSONText {
        let word = rest.prefix { !",]} \t\r\n".utf8.contains($0) }
        let text = String(decoding: word, as: UTF8.self)
        rest = rest[word.endIndex...]
        switch text {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard let number = Decimal(string: text) else { throw mistake("a number") }
            return .number(number)
        }
    }

    private mutating func take(_ character: Character) -> Bool {
        skipSpace()
        guard rest.first == character.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipSpace() { rest = rest.drop { " \t\r\n".utf8.contains($0) } }

    private func mistake(_ expected: String) -> RigError {
        let next = String(decoding: rest.prefix(40), as: UTF8.self)
        return RigError("JSON: \(expected) expected before '\(next)'")
    }
}
