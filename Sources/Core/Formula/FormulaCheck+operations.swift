extension FormulaCheck {
    /// The unit of the result, and the factor that it takes.
    func unary(
        _ operation: UnaryOperation, _ operand: Operand
    ) throws(Formula.UnitMismatch) -> (Operand, factor: Double) {
        switch operation {
        case .negate: return (Operand(unit: operand.unit, weight: -operand.weight), 1)
        case .floor, .ceil, .round:
            _ = try settled(operand)
            return (operand, 1)
        case .abs:
            try requireAmount(operand)
            return (operand, 1)
        case .sqrt: return try power(operand, Operand(unit: .one, constant: 0.5), operand.range)
        case .exp, .ln, .log10:
            try requirePlain(operand, "a plain number for \(operation.rawValue)")
            return (Operand(unit: .one), 1)
        case .sin, .cos, .tan:
            try requireAngle(operand, operation)
            return (Operand(unit: .one), 1)
        case .atan:
            try requirePlain(operand, "a plain number for atan")
            return (Operand(unit: .radian), 1)
        case .not:
            try requirePlain(operand, "a condition, such as 'x > 2'")
            return (Operand(unit: .one), 1)
        }
    }

    /// The unit of the result, and the factor that it takes.
    func binary(
        _ operation: BinaryOperation, _ left: Operand, _ right: Operand, _ range: Range<Int>
    ) throws(Formula.UnitMismatch) -> (Operand, factor: Double) {
        switch operation {
        case .add, .subtract: return (try sum(operation, left, right, range), 1)
        case .multiply, .divide: return (try product(operation, left, right, range), 1)
        case .power: return try power(left, right, range)
        case .less, .atMost, .greater, .atLeast, .equal, .unequal:
            _ = try alike(left, right, range)
            return (Operand(unit: .one), 1)
        case .and, .or:
            try requirePlain(left, "a condition, such as 'x > 2'")
            try requirePlain(right, "a condition, such as 'x > 2'")
            return (Operand(unit: .one), 1)
        case .min, .max: return (try alike(left, right, range), 1)
        case .atan2, .hypot:
            let both = try alike(left, right, range)
            try requireAmount(both)
            return operation == .atan2 ? (Operand(unit: .radian), 1) : (both, 1)
        }
    }

    private func requireAngle(
        _ operand: Operand, _ operation: UnaryOperation
    ) throws(Formula.UnitMismatch) {
        guard let unit = operand.unit, !unit.isSame(as: .radian) else { return }
        guard unit.isCommensurable(with: .radian) else {
            return try requirePlain(operand, "an angle in rad for \(operation.rawValue)")
        }
        throw mismatch(
            operand,
            "expected an angle in rad for \(operation.rawValue), and this is in "
                + "\(unit): convert it by in(..., 'rad')")
    }

    private func requireAmount(_ operand: Operand) throws(Formula.UnitMismatch) {
        guard operand.isPoint else { return }
        throw mismatch(
            operand,
            "expected a difference or an amount, and this is a temperature on the scale "
                + "of \(name(operand)), whose 0 is not nothing: take a difference, or "
                + "in(..., '\(operand.unit?.difference.code ?? "")')")
    }
}
