/// What can be called by name.
enum FormulaFunction {
    case unary(UnaryOperation)
    case binary(BinaryOperation)
    /// Of two values or more, pairwise from the left.
    case reduction(BinaryOperation)
    case choose, clamp, convert, state, plain

    static let names = [
        "abs", "as", "atan", "atan2", "ceil", "clamp", "cos", "exp", "floor", "hypot", "if", "in",
        "ln", "log10", "max", "min", "plain", "pow", "round", "sin", "sqrt", "tan",
    ]

    init?(_ name: String) {
        guard Self.names.contains(name) else { return nil }
        switch name {
        case "if": self = .choose
        case "clamp": self = .clamp
        case "in": self = .convert
        case "as": self = .state
        case "plain": self = .plain
        case "pow": self = .binary(.power)
        case "min": self = .reduction(.min)
        case "max": self = .reduction(.max)
        default:
            if let operation = UnaryOperation(rawValue: name) {
                self = .unary(operation)
            } else if let operation = BinaryOperation(rawValue: name) {
                self = .binary(operation)
            } else {
                return nil
            }
        }
    }

    /// What is left to do once its values wait; `nil` where it does not take these.
    func operations(_ count: Int, _ unit: UnitOfMeasure?) -> [Formula.Operation]? {
        switch (self, count, unit) {
        case (.unary(let operation), 1, nil): [.unary(operation)]
        case (.binary(let operation), 2, nil): [.binary(operation)]
        case (.reduction, 2..., nil): []
        case (.choose, 3, nil): [.choose]
        case (.clamp, 3, nil): [.clamp]
        case (.convert, 1, let unit?): [.convert(unit)]
        case (.state, 1, let unit?): [.state(unit)]
        case (.plain, 1, let unit): [.plain(unit)]
        default: nil
        }
    }

    func usage(_ name: String) -> String {
        switch self {
        case .unary: "\(name)(x)"
        case .binary: "\(name)(x, y)"
        case .reduction: "\(name)(x, y, ...)"
        case .choose: "if(condition, then, else)"
        case .clamp: "clamp(x, low, high)"
        case .convert, .state: "\(name)(x, 'unit')"
        case .plain: "plain(x) or plain(x, 'unit')"
        }
    }
}
