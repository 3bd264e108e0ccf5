/// A unit of measure by its code in The Unified Code for Units of Measure, version 2.1, case
/// sensitive (ucum.org): `Cel`, `m3/h`, `kW.h`, `kJ/(kg.K)`, `{rpm}/min`.
package struct UnitOfMeasure: Hashable, Sendable {
    /// As it was written.
    package let code: String
    let quantity: Quantity

    /// The unit of plain numbers.
    package static let one = UnitOfMeasure(code: "1", quantity: .one)
    static let radian = UnitOfMeasure(
        code: "rad", quantity: Quantity(dimension: Dimension(base: 3), magnitude: .one))

    package static let maximumLength = 256

    init(code: String, quantity: Quantity) {
        self.code = code
        self.quantity = quantity
    }

    /// - Throws: `Malformed`, saying what was expected and what may have been meant.
    package init(_ ucum: String) throws(Malformed) {
        var parser = UnitParser(ucum)
        do {
            self.init(code: ucum, quantity: try parser.parse())
        } catch {
            throw Malformed(
                code: ucum, expected: error.expected,
                suggestion: UnitSpelling.suggestion(for: ucum))
        }
    }

    package struct Malformed: Error, Hashable, CustomStringConvertible {
        /// As it was written.
        package let code: String
        let expected: String
        /// The UCUM code that may have been meant.
        package let suggestion: String?

        package var description: String {
            let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
            return "unit '\(code)': expected \(expected)\(hint)"
        }
    }

    /// Whether a value in one can be converted to the other.
    package func isCommensurable(with other: UnitOfMeasure) -> Bool {
        quantity.dimension == other.quantity.dimension
    }

    /// Whether they mean the same, however written: `m3/h` and `m3.h-1`, `{rpm}/min` and
    /// `/min`.
    package func isSame(as other: UnitOfMeasure) -> Bool { quantity == other.quantity }
}

extension UnitOfMeasure: CustomStringConvertible {
    package var description: String { code }
}
