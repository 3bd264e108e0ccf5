internal import Glibc

/// Of one operand. What has no value is NaN, and nothing else is.
enum UnaryOperation: String, Hashable, Sendable {
    case negate = "-"
    case not, abs, sqrt, exp, ln, log10, floor, ceil, round, sin, cos, tan, atan

    func callAsFunction(_ value: Double) -> Double {
        guard !value.isNaN else { return .nan }
        let result: Double =
            switch self {
            case .negate: -value
            case .not: value == 0 ? 1 : 0
            case .abs: value.magnitude
            case .sqrt: value.squareRoot()
            case .exp: Glibc.exp(value)
            case .ln: Glibc.log(value)
            case .log10: Glibc.log10(value)
            case .floor: value.rounded(.down)
            case .ceil: value.rounded(.up)
            case .round: value.rounded(.toNearestOrAwayFromZero)
            case .sin: Glibc.sin(value)
            case .cos: Glibc.cos(value)
            case .tan: Glibc.tan(value)
            case .atan: Glibc.atan(value)
            }
        return result.isFinite ? result : .nan
    }
}

/// Of two operands. What has no value is NaN, and nothing else is.
enum BinaryOperation: String, Hashable, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
    case and, or, min, max, atan2, hypot

    func callAsFunction(_ left: Double, _ right: Double) -> Double {
        // One side may say it all.
        if self == .and, left == 0 || right == 0 { return 0 }
        if self == .or, left != 0 && !left.isNaN || right != 0 && !right.isNaN { return 1 }
        guard !left.isNaN, !right.isNaN else { return .nan }
        let result: Double =
            switch self {
            case .add: left + right
            case .subtract: left - right
            case .multiply: left * right
            case .divide: left / right
            case .power: Glibc.pow(left, right)
            case .less: left < right ? 1 : 0
            case .atMost: left <= right ? 1 : 0
            case .greater: left > right ? 1 : 0
            case .atLeast: left >= right ? 1 : 0
            case .equal: left == right ? 1 : 0
            case .unequal: left != right ? 1 : 0
            case .and: 1
            case .or: 0
            case .min: Swift.min(left, right)
            case .max: Swift.max(left, right)
            case .atan2: Glibc.atan2(left, right)
            case .hypot: Glibc.hypot(left, right)
            }
        return result.isFinite ? result : .nan
    }

    var isComparison: Bool {
        switch self {
        case .less, .atMost, .greater, .atLeast, .equal, .unequal: true
        default: false
        }
    }
}
