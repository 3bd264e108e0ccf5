/// An expression over named inputs, such as `volts * amps * 0.001`, as the configuration
/// says it. docs/configuration.md has the language. What it computes depends on the inputs'
/// units: `program(inputs:result:)`.
package struct Formula: Hashable, Sendable {
    /// As it was written.
    package let text: String
    /// The inputs, in the order in which they come first.
    package let names: [String]
    let steps: [Step]

    /// Bytes.
    package static let maximumLength = 1_000
    /// Steps: each number, name, operator and function is one.
    package static let maximumSteps = 256
    /// Parentheses, calls and operators in each other.
    package static let maximumDepth = 32

    /// One of a postfix sequence; the steps before it left its operands.
    struct Step: Hashable, Sendable {
        let operation: Operation
        /// Where in the text it stands, with its operands; in bytes.
        let range: Range<Int>
    }

    enum Operation: Hashable, Sendable {
        /// A number, with a unit or without one.
        case number(Double, UnitOfMeasure?)
        /// An index into `names`.
        case input(Int)
        case unary(UnaryOperation)
        case binary(BinaryOperation)
        /// `if(condition, then, else)`
        case choose
        /// `clamp(x, low, high)`
        case clamp
        /// `in(x, 'unit')`
        case convert(UnitOfMeasure)
        /// `as(x, 'unit')`
        case state(UnitOfMeasure)
        /// `plain(x)`, `plain(x, 'unit')`
        case plain(UnitOfMeasure?)
    }

    /// - Throws: `Malformed`, saying where and what was expected.
    package init(_ text: String) throws(Malformed) {
        var parser = FormulaParser(try FormulaLexer.tokens(of: text), text)
        try parser.parse()
        self.text = text
        names = parser.names
        steps = parser.steps
    }

    package struct Malformed: Error, Hashable, CustomStringConvertible {
        let text: String
        /// In bytes, from 0.
        package let offset: Int
        let problem: String

        package var description: String {
            let place =
                offset < text.utf8.count ? "at column \(offset + 1)" : "at the end"
            return "formula '\(text)', \(place): \(problem)"
        }
    }

    /// The text of a part of it, for errors; long ones are cut.
    func excerpt(_ range: Range<Int>) -> String {
        let bytes = text.utf8.dropFirst(range.lowerBound).prefix(range.count)
        let part = String(decoding: bytes.prefix(60), as: UTF8.self)
        return bytes.count > 60 ? part + "..." : part
    }
}

extension Formula: CustomStringConvertible {
    package var description: String { text }
}
