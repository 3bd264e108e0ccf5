/// Where in a JSON text a value stands: the singular queries of RFC 9535, such as
/// `$.sensors[0].value` or `$['odd name']`.
package struct JSONPath: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case key([UInt8])
        case index(Int)
    }

    package let steps: [Step]
    package let text: String

    /// At most this many steps, so that no scan goes deeper.
    package static let maximumSteps = 16

    /// - Throws: `Malformed`, saying where and what was expected.
    package init(_ text: String) throws(Malformed) {
        self.text = text
        var rest = Array(text.utf8)[...]
        guard rest.popFirst() == UInt8(ascii: "$") else {
            throw Malformed(text: text, expected: "a path that begins with '$', such as $.value")
        }
        var steps: [Step] = []
        while let mark = rest.popFirst() {
            switch mark {
            case UInt8(ascii: "."):
                let name = rest.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
                guard !name.isEmpty else {
                    throw Malformed(text: text, expected: "a name after '.'")
                }
                rest = rest.dropFirst(name.count)
                steps.append(.key(Array(name)))
            case UInt8(ascii: "["):
                guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
                    throw Malformed(text: text, expected: "a ']' for each '['")
                }
                steps.append(try Self.step(rest[..<end], of: text))
                rest = rest[(end + 1)...]
            default: throw Malformed(text: text, expected: "'.' or '[' after each step")
            }
        }
        guard steps.count <= Self.maximumSteps else {
            throw Malformed(text: text, expected: "at most \(Self.maximumSteps) steps")
        }
        self.steps = steps
    }

    private init(steps: [Step], text: String) {
        self.steps = steps
        self.text = text
    }

    package static let root = JSONPath(steps: [], text: "$")

    package static func member(_ name: String) -> JSONPath {
        JSONPath(steps: [.key(Array(name.utf8))], text: "$.\(name)")
    }

    /// The same place in an element of a list.
    package func inside(_ index: Int) -> JSONPath {
        JSONPath(steps: [.index(index)] + steps, text: "$[\(index)]" + text.dropFirst())
    }

    private static func step(
        _ inside: ArraySlice<UInt8>, of text: String
    ) throws(Malformed) -> Step {
        if let quote = inside.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            guard inside.count >= 2, inside.last == quote else {
                throw Malformed(text: text, expected: "a closing quote")
            }
            return .key(Array(inside.dropFirst().dropLast()))
        }
        guard let index = Int(String(decoding: inside, as: UTF8.self)), index >= 0 else {
            throw Malformed(text: text, expected: "an index or a quoted name in brackets")
        }
        return .index(index)
    }

    package struct Malformed: Error, CustomStringConvertible {
        let text: String
        let expected: String
        package var description: String { "'\(text)': expected \(expected)" }
    }
}
