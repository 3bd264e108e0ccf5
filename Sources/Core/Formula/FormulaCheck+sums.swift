extension FormulaCheck {
    /// Sums and differences: both sides in the same unit.
    func sum(
        _ operation: BinaryOperation, _ left: Operand, _ right: Operand, _ range: Range<Int>
    ) throws(Formula.UnitMismatch) -> Operand {
        let sign = operation == .subtract ? -1.0 : 1
        // A constant number of kelvins moves a temperature in Cel.
        if left.isPoint, let unit = left.unit?.difference, right.constant != nil,
            right.unit?.isSame(as: unit) ?? false
        {
            return Operand(unit: left.unit, weight: left.weight)
        }
        let (a, b) = try matched(left, right, operation.rawValue, range)
        return Operand(unit: a.unit, weight: a.weight + sign * b.weight)
    }

    /// What is compared or chosen from: in the same unit, and alike a temperature or a
    /// difference.
    func alike(
        _ left: Operand, _ right: Operand, _ range: Range<Int>
    ) throws(Formula.UnitMismatch) -> Operand {
        let (a, b) = try matched(left, right, nil, range)
        guard !a.isScale || (a.weight - b.weight).magnitude < 1e-9 else {
            throw mismatch(
                range,
                "\(place(left)) and \(place(right)): compare temperatures with "
                    + "temperatures, and differences with differences")
        }
        return Operand(unit: a.unit, weight: a.weight, range: left.range)
    }

    /// Both with the one unit that they have in common; without one where either is not known.
    private func matched(
        _ left: Operand, _ right: Operand, _ sign: String?, _ range: Range<Int>
    ) throws(Formula.UnitMismatch) -> (Operand, Operand) {
        guard let a = left.unit, let b = right.unit else { return (Operand(), Operand()) }
        if a.isSame(as: b) { return (left, right) }
        // Nothing of one unit is nothing of another, unless its 0 is elsewhere.
        if left.isPlain, left.constant == 0, !right.isScale { return (right, right) }
        if right.isPlain, right.constant == 0, !left.isScale { return (left, left) }
        // A difference on a scale is one in kelvins, or goes by the other's scale.
        if left.isScale, !left.isPoint, a.difference.isSame(as: b) { return (right, right) }
        if right.isScale, !right.isPoint, b.difference.isSame(as: a) { return (left, left) }
        let both = "\(place(left)) and \(place(right))"
        throw mismatch(range, "\(both): " + advice(a, b, left, right, sign))
    }

    private func advice(
        _ a: UnitOfMeasure, _ b: UnitOfMeasure, _ left: Operand, _ right: Operand, _ sign: String?
    ) -> String {
        // What moves a temperature is a difference.
        if sign != nil, left.isPoint, right.isPlain, let constant = right.constant {
            return "write the number with its unit, such as \(constant) '\(a.difference)'"
        }
        if sign == "+", right.isPoint, left.isPlain, let constant = left.constant {
            return "write the temperature first, and behind it the number with its unit, such as "
                + "\(constant) '\(b.difference)'"
        }
        if left.isPlain || right.isPlain {
            let (plain, unit) = left.isPlain ? (left, b) : (right, a)
            let text = plain.constant.map { "\($0)" } ?? "x"
            return plain.constant != nil
                ? "write the number with its unit, such as \(text) '\(unit)'"
                : "say the unit of the plain number by as(..., '\(unit)')"
        }
        guard a.isCommensurable(with: b) else {
            return "\(a.quantity.dimension.code) and \(b.quantity.dimension.code) have nothing "
                + "in common"
        }
        // A temperature on a scale goes to the other's unit, whether that one is a temperature
        // or a difference.
        let (source, target) = left.isPoint ? (left, b) : (right, a)
        return "convert one first, such as in(\(formula.excerpt(source.range)), '\(target)')"
    }
}
