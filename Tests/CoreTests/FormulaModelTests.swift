import Core
import Glibc
import Simulator
import Testing

/// Formulas against a second evaluator, which is recursive and knows no programs.
@Suite struct FormulaModelTests {
    private indirect enum Tree {
        case number(Double)
        case name(Int)
        case unary(String, Tree)
        case binary(String, Tree, Tree)
        case call(String, [Tree])

        static let names = ["a", "b_2", "c.d", "_e"]

        static func random(depth: Int, using generator: inout SplitMix) -> Tree {
            func sub() -> Tree { random(depth: depth - 1, using: &generator) }
            guard depth > 0, Int.random(in: 0..<8, using: &generator) > 0 else {
                return Bool.random(using: &generator)
                    ? .name(Int.random(in: 0..<4, using: &generator))
                    : .number(Double(Int.random(in: 0...40, using: &generator)) / 8)
            }
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: return .unary(["-", "not "].randomElement(using: &generator)!, sub())
            case 1...5:
                let signs = [
                    "+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or",
                ]
                return .binary(signs.randomElement(using: &generator)!, sub(), sub())
            case 6, 7:
                let functions = [
                    "abs", "sqrt", "exp", "ln", "log10", "floor", "ceil", "round", "sin",
                    "cos", "tan", "atan",
                ]
                return .call(functions.randomElement(using: &generator)!, [sub()])
            case 8:
                let functions = ["min", "max", "pow", "atan2", "hypot"]
                return .call(functions.randomElement(using: &generator)!, [sub(), sub()])
            default:
                return .call(
                    ["if", "clamp"].randomElement(using: &generator)!, [sub(), sub(), sub()])
            }
        }

        private static let levels = [
            "or": 1, "and": 2, "not ": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "==": 4, "!=": 4,
            "+": 5,
            "-": 5, "*": 6, "/": 6, "^": 8,
        ]

        private var level: Int {
            switch self {
            case .number, .name, .call: 9
            case .unary(let sign, _): sign == "-" ? 7 : 3
            case .binary(let sign, _, _): Self.levels[sign]!
            }
        }

        /// With parentheses only where the table of precedences needs them.
        var text: String {
            func within(_ tree: Tree, _ level: Int) -> String {
                tree.level < level ? "(\(tree.text))" : tree.text
            }
            switch self {
            case .number(let value): return "\(value)"
            case .name(let index): return Self.names[index]
            case .unary("-", let tree): return "-" + within(tree, 7)
            case .unary(let sign, let tree): return sign + within(tree, 3)
            case .binary("^", let left, let right):
                // A sign may follow '^'.
                return within(left, 9) + "^" + within(right, 7)
            case .binary(let sign, let left, let right):
                let comparison = level == 4 ? 1 : 0
                return within(left, level + comparison) + " \(sign) " + within(right, level + 1)
            case .call(let name, let trees) where name.hasPrefix("atan"):
                // Else it is an angle, and sums of it and numbers are mistakes.
                return "plain(\(name)(\(trees.map(\.text).joined(separator: ", "))))"
            case .call(let name, let trees):
                return "\(name)(\(trees.map(\.text).joined(separator: ", ")))"
            }
        }

        /// `nil` where it has no value.
        func value(_ inputs: [Double]) -> Double? {
            let result: Double?
            switch self {
            case .number(let value): result = value
            case .name(let index): result = inputs[index]
            case .unary(let sign, let tree):
                result = tree.value(inputs).map { sign == "-" ? -$0 : $0 == 0 ? 1 : 0 }
            case .binary("and", let left, let right):
                let (a, b) = (left.value(inputs), right.value(inputs))
                result = a == 0 || b == 0 ? 0 : a == nil || b == nil ? nil : 1
            case .binary("or", let left, let right):
                let (a, b) = (left.value(inputs), right.value(inputs))
                result = a ?? 0 != 0 || b ?? 0 != 0 ? 1 : a == nil || b == nil ? nil : 0
            case .call("if", let trees):
                result = trees[0].value(inputs).flatMap { trees[$0 != 0 ? 1 : 2].value(inputs) }
            case .binary(let sign, let left, let right):
                guard let a = left.value(inputs), let b = right.value(inputs) else { return nil }
                result = Self.binary(sign, a, b)
            case .call(let name, let trees):
                let values = trees.compactMap { $0.value(inputs) }
                guard values.count == trees.count else { return nil }
                result = Self.call(name, values)
            }
            return result.flatMap { $0.isFinite ? $0 : nil }
        }

        private static func binary(_ sign: String, _ a: Double, _ b: Double) -> Double {
            switch sign {
            case "+": a + b
            case "-": a - b
            case "*": a * b
            case "/": a / b
            case "^": Glibc.pow(a, b)
            case "<": a < b ? 1 : 0
            case "<=": a <= b ? 1 : 0
            case ">": a > b ? 1 : 0
            case ">=": a >= b ? 1 : 0
            case "==": a == b ? 1 : 0
            default: a != b ? 1 : 0
            }
        }

        private static func call(_ name: String, _ x: [Double]) -> Double? {
            switch name {
            case "abs": x[0].magnitude
            case "sqrt": x[0] < 0 ? nil : Glibc.sqrt(x[0])
            case "exp": Glibc.exp(x[0])
            case "ln": Glibc.log(x[0])
            case "log10": Glibc.log10(x[0])
            case "floor": Glibc.floor(x[0])
            case "ceil": Glibc.ceil(x[0])
            case "round": Glibc.round(x[0])
            case "sin": Glibc.sin(x[0])
            case "cos": Glibc.cos(x[0])
            case "tan": Glibc.tan(x[0])
            case "atan": Glibc.atan(x[0])
            case "min": x[0] < x[1] ? x[0] : x[1]
            case "max": x[0] > x[1] ? x[0] : x[1]
            case "pow": Glibc.pow(x[0], x[1])
            case "atan2": Glibc.atan2(x[0], x[1])
            case "hypot": Glibc.hypot(x[0], x[1])
            default: x[1] > x[2] ? nil : x[0] < x[1] ? x[1] : x[0] > x[2] ? x[2] : x[0]
            }
        }
    }

    @Test(arguments: [UInt64(41), 42, 43])
    func agreesWithARecursiveEvaluator(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        var (some, none) = (0, 0)
        for _ in 0..<1_500 {
            let tree = Tree.random(depth: 5, using: &generator)
            let inputs = (0..<4).map { _ in
                [0, 1, -2.5, 1e-9, 1e30, Double.random(in: -9...9, using: &generator)]
                    .randomElement(using: &generator)!
            }
            guard let formula = try? Formula(tree.text) else {
                #expect(tree.text.utf8.count > 400, "seed \(seed): \(tree.text)")
                continue
            }
            let values = formula.names.map { inputs[Tree.names.firstIndex(of: $0)!] }
            let found = try formula.program(inputs: [], result: nil).evaluate(values)
            let expected = tree.value(inputs).flatMap { $0.magnitude <= Number.largest ? $0 : nil }
            #expect(found == expected, "seed \(seed): \(tree.text) of \(inputs)")
            if found == nil { none += 1 } else { some += 1 }
        }
        #expect(some > 500 && none > 50)
    }

    /// Whatever the text and the units, there is an error or a number, and no trap.
    @Test(arguments: [UInt64(51), 52])
    func takesAnyText(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let pieces = [
            "(", ")", ",", "+", "-", "*", "/", "^", "<", ">=", "==", "and ", "or ", "not ",
            "a", "b", "c.1", "1", "0", "2.5", "1e60", "'K'", "'Cel'", "'%'", " ", "if(", "in(",
            "as(",
            "plain(", "max(", "sqrt(", "ln(", "clamp(", "pi", "'", "°", "\"m\"", "=", "0.5", ")",
            ")",
        ]
        let units =
            try ["m", "Cel", "[degF]", "K", "%", "1", "kW", "rad", "s-1"].map { code throws in
                try UnitOfMeasure(code)
            } + [nil]
        let numbers = [0, -1, 1e60, 1e-300, .nan, .infinity, 3.5, -0.0]
        var programs = 0
        for _ in 0..<10_000 {
            let count = Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined()
            guard let formula = try? Formula(text) else { continue }
            let inputs = formula.names.map { _ in units.randomElement(using: &generator)! }
            let result = units.randomElement(using: &generator)!
            guard let program = try? formula.program(inputs: inputs, result: result) else {
                continue
            }
            programs += 1
            let values = formula.names.map { _ in numbers.randomElement(using: &generator)! }
            if let value = program.evaluate(values) {
                #expect(value.magnitude <= Number.largest, "seed \(seed): \(text)")
            }
        }
        #expect(programs > 50)
    }
}
