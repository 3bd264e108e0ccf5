internal import Foundation

/// JSON with its numbers as they were written: a `Double` would hide a wrong last digit.
enum JSONText: Equatable {
    case null
    case bool(Bool)
    case number(Decimal)
    case string(String)
    case array([JSONText])
    case object([String: JSONText])

    init(parsing line: some Collection<UInt8>) throws {
        var parser = JSONTextParser(rest: ArraySlice(line))
        self = try parser.value()
        guard parser.isAtEnd else { throw RigError("more than one JSON value in a line") }
    }

    subscript(_ name: String) -> JSONText? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var decimal: Decimal? { if case .number(let number) = self { number } else { nil } }

    var strings: [String: String] {
        guard case .object(let members) = self else { return [:] }
        return members.compactMapValues(\.text)
    }
}
