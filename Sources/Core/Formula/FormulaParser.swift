/// Turns tokens into postfix steps, by precedence climbing.
struct FormulaParser {
    private(set) var names: [String] = []
    private(set) var steps: [Formula.Step] = []

    private let tokens: [FormulaLexer.Token]
    private let text: String
    private var index = 0
    /// Where the token before ends.
    private var end = 0
    /// Values that wait on the stack after the steps so far.
    private var waiting = 0

    init(_ tokens: [FormulaLexer.Token], _ text: String) {
        self.tokens = tokens
        self.text = text
    }

    mutating func parse() throws(Formula.Malformed) {
        _ = try expression(.or, depth: 0)
        guard current == .end else { throw expected("an operator") }
    }

    /// From the loosest to the tightest.
    private enum Precedence: Int {
        case or, and, not, comparison, sum, product, sign, power

        /// Of what may stand on the right: powers are grouped from the right, all else from
        /// the left.
        var right: Precedence { Precedence(rawValue: rawValue + 1) ?? self }
    }

    /// - Returns: where it begins.
    private mutating func expression(
        _ loosest: Precedence, depth: Int
    ) throws(Formula.Malformed) -> Int {
        guard depth < Formula.maximumDepth else {
            throw malformed("expected at most \(Formula.maximumDepth) levels in each other")
        }
        let start = try operand(loosest, depth: depth)
        var isCompared = false
        while let (operation, precedence) = infix, precedence.rawValue >= loosest.rawValue {
            guard !(operation.isComparison && isCompared) else {
                throw expected("'and' between two comparisons")
            }
            isCompared = isCompared || operation.isComparison
            advance()
            _ = try expression(precedence.right, depth: depth + 1)
            try emit(.binary(operation), from: start)
        }
        return start
    }

    private var infix: (BinaryOperation, Precedence)? {
        switch current {
        case .sign(let sign):
            guard let operation = BinaryOperation(rawValue: sign) else { return nil }
            switch operation {
            case .add, .subtract: return (operation, .sum)
            case .multiply, .divide: return (operation, .product)
            case .power: return (operation, .power)
            default: return (operation, .comparison)
            }
        case .name("and"): return (.and, .and)
        case .name("or"): return (.or, .or)
        default: return nil
        }
    }

    private mutating func operand(
        _ loosest: Precedence, depth: Int
    ) throws(Formula.Malformed) -> Int {
        let start = tokens[index].range.lowerBound
        switch current {
        case .number(let value):
            advance()
            try emit(.number(value, try unitIfAny()), from: start)
        case .sign("("):
            advance()
            _ = try expression(.or, depth: depth + 1)
            try take(")")
        case .sign("-"):
            advance()
            _ = try expression(.power, depth: depth + 1)
            try emit(.unary(.negate), from: start)
        case .name("not"):
            guard loosest.rawValue <= Precedence.not.rawValue else {
                throw malformed("expected parentheses around 'not ...'")
            }
            advance()
            _ = try expression(.not, depth: depth + 1)
            try emit(.unary(.not), from: start)
        case .name(let name):
            advance()
            if current == .sign("(") {
                try call(name, from: start, depth: depth)
            } else {
                try value(of: name, from: start)
            }
        default: throw expected("a number, a name, a function or '('")
        }
        return start
    }

    private mutating func value(of name: String, from start: Int) throws(Formula.Malformed) {
        guard name != "pi" else { return try emit(.number(.pi, nil), from: start) }
        guard FormulaFunction(name) == nil, !["and", "or"].contains(name) else {
            index -= 1
            throw malformed("expected an input's name; '\(name)' is a word of the language")
        }
        if !names.contains(name) { names.append(name) }
        try emit(.input(names.firstIndex(of: name) ?? 0), from: start)
    }

    private mutating func call(
        _ name: String, from start: Int, depth: Int
    ) throws(Formula.Malformed) {
        guard let function = FormulaFunction(name) else {
            index -= 1
            throw malformed(
                "expected a function; there is no '\(name)' "
                    + "(there are \(FormulaFunction.names.joined(separator: " ")))")
        }
        advance()
        _ = try expression(.or, depth: depth + 1)
        var count = 1
        var unit: UnitOfMeasure?
        while unit == nil, current == .sign(",") {
            advance()
            unit = try unitIfAny()
            guard unit == nil else { break }
            _ = try expression(.or, depth: depth + 1)
            count += 1
            // Pairwise, so that not all values wait.
            if case .reduction(let operation) = function {
                try emit(.binary(operation), from: start)
            }
        }
        try take(")")
        guard let operations = function.operations(count, unit) else {
            throw Formula.Malformed(
                text: text, offset: start, problem: "expected \(function.usage(name))")
        }
        for operation in operations { try emit(operation, from: start) }
        if case .reduction = function, let last = steps.popLast() {
            steps.append(Formula.Step(operation: last.operation, range: start..<end))
        }
    }

    private mutating func unitIfAny() throws(Formula.Malformed) -> UnitOfMeasure? {
        guard case .unit(let code) = current else { return nil }
        do {
            let unit = try UnitOfMeasure(code)
            advance()
            return unit
        } catch {
            throw malformed("\(error)")
        }
    }

    private mutating func emit(
        _ operation: Formula.Operation, from start: Int
    ) throws(Formula.Malformed) {
        switch operation {
        case .number, .input: waiting += 1
        case .binary: waiting -= 1
        case .choose, .clamp: waiting -= 2
        case .unary, .convert, .state, .plain: break
        }
        guard waiting <= FormulaProgram.stackSize, steps.count < Formula.maximumSteps else {
            throw Formula.Malformed(
                text: text, offset: start,
                problem: "expected a shorter formula: at most \(Formula.maximumSteps) numbers, "
                    + "names, operators and calls, and \(FormulaProgram.stackSize) values that "
                    + "wait for an operator")
        }
        steps.append(Formula.Step(operation: operation, range: start..<end))
    }

    private var current: FormulaLexer.Token.Kind { tokens[index].kind }

    private mutating func advance() {
        end = tokens[index].range.upperBound
        // The end stays.
        index = min(index + 1, tokens.count - 1)
    }

    private mutating func take(_ sign: String) throws(Formula.Malformed) {
        guard current == .sign(sign) else { throw expected("'\(sign)'") }
        advance()
    }

    private func expected(_ what: String) -> Formula.Malformed { malformed("expected \(what)") }

    private func malformed(_ problem: String) -> Formula.Malformed {
        Formula.Malformed(
            text: text, offset: tokens[index].range.lowerBound, problem: problem)
    }
}
