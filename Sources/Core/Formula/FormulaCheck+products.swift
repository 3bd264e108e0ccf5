extension FormulaCheck {
    /// Products and quotients of units.
    func product(
        _ operation: BinaryOperation, _ left: Operand, _ right: Operand, _ range: Range<Int>
    ) throws(Formula.UnitMismatch) -> Operand {
        if let scaled = scaledTemperature(operation, left, right) { return scaled }
        for operand in [left, right] where operand.isPoint {
            throw mismatch(
                range,
                "\(place(operand)), a scale with its own 0, which only a plain constant "
                    + "multiplies: take a difference, or in(..., '\(operand.unit?.difference.code ?? "")')"
            )
        }
        guard let a = left.unit?.difference, let b = right.unit?.difference else {
            return Operand()
        }
        guard let unit = operation == .divide ? a.divided(by: b) : a.times(b) else {
            throw mismatch(range, "\(a) and \(b) make a unit beyond what is sensible")
        }
        return Operand(unit: unit)
    }

    /// A temperature on a scale times a plain number: a constant for a temperature, any for
    /// a difference.
    private func scaledTemperature(
        _ operation: BinaryOperation, _ left: Operand, _ right: Operand
    ) -> Operand? {
        let (scale, factor) = left.isScale ? (left, right) : (right, left)
        guard scale.isScale, factor.isPlain, operation == .multiply || left.isScale else {
            return nil
        }
        if !scale.isPoint { return Operand(unit: scale.unit, weight: 0) }
        guard let constant = factor.constant, constant.isFinite else { return nil }
        let weight = operation == .divide ? scale.weight / constant : scale.weight * constant
        return weight.isFinite ? Operand(unit: scale.unit, weight: weight) : nil
    }

    /// Powers: a unit only to a constant that is a whole number, or half of one.
    func power(
        _ base: Operand, _ exponent: Operand, _ range: Range<Int>
    ) throws(Formula.UnitMismatch) -> (Operand, factor: Double) {
        try requirePlain(exponent, "an exponent, which is a plain number")
        guard let unit = base.unit else { return (Operand(), 1) }
        guard !base.isPlain else { return (Operand(unit: .one), 1) }
        guard !base.isPoint else {
            throw mismatch(
                base,
                "a temperature on the scale of \(unit) has no power: use "
                    + "in(..., '\(unit.difference)')")
        }
        guard let constant = exponent.constant, constant.magnitude <= 24,
            let doubled = Int(exactly: constant * 2)
        else {
            throw mismatch(
                range,
                "\(place(base)), and only a constant exponent gives it a unit again, a "
                    + "whole number or half of one: divide by 1 '\(unit)' first")
        }
        let power =
            doubled % 2 == 0
            ? unit.difference.power(doubled / 2).map { (1, $0) } : unit.difference.root(doubled)
        guard let (factor, result) = power else {
            throw mismatch(range, "\(place(base)), and there is no such root or power of it")
        }
        return (Operand(unit: result), factor)
    }

    func requirePlain(_ operand: Operand, _ what: String) throws(Formula.UnitMismatch) {
        guard let unit = operand.unit, !operand.isPlain else { return }
        let way =
            unit.isCommensurable(with: .one)
            ? "convert it by in(..., '1')" : "divide it by 1 '\(unit.difference)'"
        throw mismatch(operand, "expected \(what), and this is \(name(operand)): \(way)")
    }
}
