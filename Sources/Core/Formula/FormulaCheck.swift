/// Runs a formula on units instead of values, and writes its program on the way.
///
/// Temperatures in Cel or [degF] are points on a scale: twice one is none, but a mean and a
/// difference make sense. So each such operand has a weight, the sum of the factors of the
/// temperatures in it: 1 is a temperature, 0 a difference, and anything else may only go on
/// to become one of them, as the sum in a mean does.
struct FormulaCheck {
    /// What an operation leaves on the stack.
    struct Operand {
        /// `nil`: not known.
        var unit: UnitOfMeasure?
        /// Of a temperature on a scale; without meaning for other units.
        var weight = 1.0
        /// Its value, where no input is in it.
        var constant: Double?
        /// Where in the text.
        var range = 0..<0

        /// A number without a unit.
        var isPlain: Bool { unit?.isSame(as: .one) ?? false }
        var isScale: Bool { unit?.quantity.isScale ?? false }
        /// A temperature, or a sum of them, but no difference.
        var isPoint: Bool { isScale && weight.magnitude > 1e-9 }
    }

    let formula: Formula
    private let inputs: [UnitOfMeasure?]
    private(set) var instructions: [FormulaProgram.Instruction] = []
    private var stack: [Operand] = []

    init(_ formula: Formula, _ inputs: [UnitOfMeasure?]) {
        self.formula = formula
        self.inputs = inputs
    }

    /// The result.
    mutating func run() throws(Formula.UnitMismatch) -> Operand {
        for step in formula.steps {
            var operand = try take(step.operation, step.range)
            operand.range = step.range
            stack.append(operand)
        }
        return stack.removeLast()
    }

    private mutating func take(
        _ operation: Formula.Operation, _ range: Range<Int>
    ) throws(Formula.UnitMismatch) -> Operand {
        switch operation {
        case .number(let value, let unit):
            instructions.append(.constant(value))
            return Operand(unit: unit ?? .one, constant: value)
        case .input(let index):
            instructions.append(.input(index))
            return Operand(unit: index < inputs.count ? inputs[index] : nil)
        case .unary(let unary):
            let operand = stack.removeLast()
            instructions.append(.unary(unary))
            let (result, factor) = try self.unary(unary, operand)
            return scaled(result, by: factor, from: operand.constant.map { unary($0) })
        case .binary(let binary):
            let right = stack.removeLast()
            let left = stack.removeLast()
            instructions.append(.binary(binary))
            let (result, factor) = try self.binary(binary, left, right, range)
            let constant = left.constant.flatMap { a in right.constant.map { binary(a, $0) } }
            return scaled(result, by: factor, from: constant)
        case .choose:
            let (otherwise, then) = (stack.removeLast(), stack.removeLast())
            let condition = stack.removeLast()
            try requirePlain(condition, "a condition, such as 'x > 2'")
            instructions.append(.choose)
            return try alike(then, otherwise, range)
        case .clamp:
            let (high, low) = (stack.removeLast(), stack.removeLast())
            let value = stack.removeLast()
            instructions.append(.clamp)
            return try alike(try alike(value, low, range), high, range)
        case .convert(let unit): return try convert(stack.removeLast(), to: unit)
        case .state(let unit): return try state(stack.removeLast(), unit)
        case .plain(let unit):
            var operand = stack.removeLast()
            if let unit { operand = try convert(operand, to: unit) }
            return Operand(unit: .one, constant: operand.constant)
        }
    }

    /// The result of an operation whose unit needs a factor.
    private mutating func scaled(
        _ result: Operand, by factor: Double, from constant: Double?
    ) -> Operand {
        if factor != 1 { instructions.append(.convert(gain: factor, offset: 0)) }
        var result = result
        result.constant = constant.map { $0 * factor }
        return result
    }

    private func state(
        _ operand: Operand, _ unit: UnitOfMeasure
    ) throws(Formula.UnitMismatch) -> Operand {
        guard operand.unit == nil || operand.isPlain else {
            throw mismatch(
                operand,
                "as(...) says the unit of a plain number, and this is in "
                    + "\(name(operand)): convert it by in(..., '\(unit)'), or make it a number "
                    + "by plain(..., '\(operand.unit ?? unit)')")
        }
        return Operand(unit: unit, constant: operand.constant)
    }

    /// Converts what is on top of the stack.
    private mutating func convert(
        _ operand: Operand, to unit: UnitOfMeasure
    ) throws(Formula.UnitMismatch) -> Operand {
        guard let own = try settled(operand) else {
            throw mismatch(
                operand,
                "its unit is not known, so it can't be converted to \(unit): give the "
                    + "unit of the input, or say it by as(..., '\(unit)')")
        }
        guard !unit.quantity.isScale || operand.isPoint || !operand.isScale else {
            throw mismatch(
                operand,
                "a difference of temperatures is in \(own), and has no place on the "
                    + "scale of \(unit): use '\(unit.difference)'")
        }
        guard let (gain, offset) = own.conversion(to: unit) else {
            throw mismatch(operand, notCommensurable(own, unit))
        }
        var result = Operand(unit: unit, constant: operand.constant)
        if gain != 1 || offset != 0 {
            instructions.append(.convert(gain: gain, offset: offset))
            result.constant = result.constant.map { $0 * gain + offset }
        }
        return result
    }

    /// Converts the result.
    mutating func deliver(
        _ result: Operand, in unit: UnitOfMeasure
    ) throws(Formula.UnitMismatch) {
        if result.unit != nil { _ = try convert(result, to: unit) }
    }

    /// The unit of a value that is complete: no sum of several temperatures.
    func settled(_ operand: Operand) throws(Formula.UnitMismatch) -> UnitOfMeasure? {
        guard operand.isPoint else { return operand.unit?.difference }
        guard (operand.weight - 1).magnitude < 1e-9 else {
            throw mismatch(
                operand,
                "this adds up temperatures in \(name(operand)), \(operand.weight) in "
                    + "all: make it a mean (1) or a difference (0). To move a temperature, add "
                    + "'\(operand.unit?.difference.code ?? "")'")
        }
        return operand.unit
    }

    // MARK: Errors

    func mismatch(_ operand: Operand, _ problem: String) -> Formula.UnitMismatch {
        mismatch(operand.range, problem)
    }

    func mismatch(_ range: Range<Int>, _ problem: String) -> Formula.UnitMismatch {
        Formula.UnitMismatch(
            part: formula.excerpt(range), offset: range.lowerBound, problem: problem)
    }

    /// `'t_out' is in Cel`
    func place(_ operand: Operand) -> String {
        "'\(formula.excerpt(operand.range))' is \(name(operand))"
    }

    func name(_ operand: Operand) -> String {
        guard let unit = operand.unit else { return "in an unknown unit" }
        if operand.isPlain { return "a plain number" }
        return operand.isScale && !operand.isPoint ? "a difference in \(unit)" : "in \(unit)"
    }

    private func notCommensurable(_ own: UnitOfMeasure, _ unit: UnitOfMeasure) -> String {
        let hint =
            own.quantity.times(UnitOfMeasure.radian.quantity).map { $0.dimension }
                == unit.quantity.dimension
            ? "multiply by 1 'rad'"
            : unit.quantity.times(UnitOfMeasure.radian.quantity).map { $0.dimension }
                == own.quantity.dimension
                ? "divide by 1 'rad'"
                : "look for a factor that is missing, or say the unit by "
                    + "as(plain(...), '\(unit)') where the formula is empirical"
        return "this is in \(own) (\(own.quantity.dimension.code)), which can't be \(unit) "
            + "(\(unit.quantity.dimension.code)): \(hint)"
    }
}
