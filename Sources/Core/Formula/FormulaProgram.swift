/// A formula with its units' conversions worked out: a flat program, run on a stack of a
/// fixed size. It has no jumps, so it ends after as many steps as it has.
package struct FormulaProgram: Hashable, Sendable {
    /// How many values it is given.
    package let inputs: Int
    private let instructions: [Instruction]

    /// Values that wait for an operator at a time; the parser lets no more come.
    static let stackSize = 32

    enum Instruction: Hashable, Sendable {
        case constant(Double)
        case input(Int)
        case unary(UnaryOperation)
        case binary(BinaryOperation)
        case choose
        case clamp
        /// `value * gain + offset`
        case convert(gain: Double, offset: Double)
    }

    init(inputs: Int, instructions: [Instruction]) {
        self.inputs = inputs
        self.instructions = instructions
    }

    /// The result, in the unit that was asked for. `nil` where there is none: a division by
    /// 0, a logarithm of a negative, an input that is not finite, a magnitude beyond
    /// `Number.largest`, or too few values. What `if` does not choose may have none.
    ///
    /// - Parameter values: in the order of the formula's `names`, in the inputs' units.
    package func evaluate(_ values: Span<Double>) -> Double? {
        guard values.count >= inputs else { return nil }
        // As large as `stackSize` says.
        var stack = InlineArray<32, Double>(repeating: 0)
        var count = 0
        for instruction in instructions {
            switch instruction {
            case .constant(let value):
                stack[count] = value
                count += 1
            case .input(let index):
                stack[count] = values[index].isFinite ? values[index] : .nan
                count += 1
            case .unary(let operation):
                stack[count - 1] = operation(stack[count - 1])
            case .binary(let operation):
                count -= 1
                stack[count - 1] = operation(stack[count - 1], stack[count])
            case .choose:
                count -= 2
                stack[count - 1] = Self.choose(stack[count - 1], stack[count], stack[count + 1])
            case .clamp:
                count -= 2
                stack[count - 1] = Self.clamp(stack[count - 1], stack[count], stack[count + 1])
            case .convert(let gain, let offset):
                let converted = stack[count - 1] * gain + offset
                stack[count - 1] = converted.isFinite ? converted : .nan
            }
        }
        // Plus 0, since there is no measured value of minus 0.
        let result = stack[0] + 0
        return result.magnitude <= Number.largest ? result : nil
    }

    package func evaluate(_ values: [Double]) -> Double? { evaluate(values.span) }

    static func choose(_ condition: Double, _ then: Double, _ otherwise: Double) -> Double {
        condition.isNaN ? .nan : condition != 0 ? then : otherwise
    }

    static func clamp(_ value: Double, _ low: Double, _ high: Double) -> Double {
        // False for NaN, too.
        guard low <= high, !value.isNaN else { return .nan }
        return Swift.min(Swift.max(value, low), high)
    }
}
