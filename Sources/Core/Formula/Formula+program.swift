extension Formula {
    /// The program for inputs in these units and a result in that one, with the conversions
    /// that it needs. docs/configuration.md has the rules.
    ///
    /// - Parameters:
    ///   - inputs: in the order of `names`; `nil`, and what is missing, for a unit that is not
    ///     known: nothing that such an input touches is checked.
    ///   - result: the unit to convert the result to; `nil` leaves it as it comes.
    /// - Throws: `UnitMismatch`, saying what is in which unit and what to do.
    package func program(
        inputs: [UnitOfMeasure?], result: UnitOfMeasure?
    ) throws(UnitMismatch) -> FormulaProgram {
        var check = FormulaCheck(self, inputs)
        let operand = try check.run()
        if let result { try check.deliver(operand, in: result) }
        return FormulaProgram(inputs: names.count, instructions: check.instructions)
    }

    /// In which unit the result comes by itself; `nil` where it is not known.
    package func unit(inputs: [UnitOfMeasure?]) throws(UnitMismatch) -> UnitOfMeasure? {
        var check = FormulaCheck(self, inputs)
        return try check.settled(try check.run())
    }

    package struct UnitMismatch: Error, Hashable, CustomStringConvertible {
        /// The part of the formula.
        let part: String
        /// In bytes, from 0.
        package let offset: Int
        let problem: String

        package var description: String {
            "in '\(part)' at column \(offset + 1): \(problem)"
        }
    }
}
