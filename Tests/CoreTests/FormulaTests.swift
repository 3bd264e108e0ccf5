import Core
import Simulator
import Testing

@Suite struct FormulaTests {
    private func value(_ text: String, _ values: [Double] = []) throws -> Double? {
        try Formula(text).program(inputs: [], result: nil).evaluate(values)
    }

    private static let values: [(String, Double)] = [
        ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("24 / 4 / 3", 2),
        ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("(-2) ^ 2", 4), ("2 ^ -1", 0.5), ("-2 * 3", -6),
        ("2 * -3", -6), ("- -2", 2), ("1 < 2", 1), ("2 <= 1", 0), ("1 + 1 == 2", 1),
        ("1 != 1", 0), ("not 0 and 1", 1), ("not (0 and 1)", 1), ("1 or 0 and 0", 1),
        ("(1 or 0) and 0", 0), ("not 1 > 2", 1), ("if(2 > 1, 10, 20)", 10), ("if(0, 10, 20)", 20),
        ("min(3, 1, 2)", 1), ("max(3, 1, 2)", 3), ("clamp(5, 0, 3)", 3), ("clamp(-5, 0, 3)", 0),
        ("abs(-2)", 2), ("sqrt(9)", 3), ("ln(exp(2))", 2), ("log10(1000)", 3), ("pow(2, 10)", 1024),
        ("floor(-1.5)", -2), ("ceil(-1.5)", -1), ("round(2.5)", 3), ("round(-2.5)", -3),
        ("hypot(3, 4)", 5), ("sin(0) + cos(0)", 1), ("atan2(0, -1)", Double.pi), ("pi", Double.pi),
        ("1.5e-3", 0.0015), ("2E2", 200), ("8 ^ 0.5 ^ 2", 1.681792830507429), ("0 * -1", 0),
    ]

    @Test(arguments: values)
    func computes(text: String, result: Double) throws {
        let found = try #require(try value(text))
        #expect((found - result).magnitude <= result.ulp, "\(text) is \(found)")
        #expect(found.sign == result.sign)
    }

    private static let nothings: [String] = [
        "1 / 0", "0 / 0", "ln(-1)", "ln(0)", "sqrt(-1)", "log10(-1)", "(-8) ^ (1 / 3)", "0 ^ -1",
        "exp(1000)", "1e60 * 2", "-1e60 - 1e59", "clamp(1, 3, 2)", "if(1 / 0, 1, 1)",
        "1 / (1 / 0)", "(1 / 0) ^ 0", "min(1, 1 / 0)", "max(1, ln(-1))", "(1 / 0) < 1",
        "not (1 / 0)", "hypot(1 / 0, 1)", "1 and 1 / 0", "0 or 1 / 0",
    ]

    @Test(arguments: nothings)
    func hasNoValue(text: String) throws { #expect(try value(text) == nil) }

    private static let choices: [(String, Double?)] = [
        ("if(1, 2, 1 / 0)", 2.0), ("if(0, ln(-1), 3)", 3), ("0 and 1 / 0", 0), ("1 / 0 and 0", 0),
        ("1 or 1 / 0", 1), ("1e60", 1e60), ("1e200 / 1e200", nil), ("1e50 * 1e50 / 1e50", 1e50),
    ]

    @Test(arguments: choices)
    func whatIsNotChosenNeedsNone(text: String, result: Double?) throws {
        guard let result else {
            // No number of the text is beyond the largest measured value.
            #expect(throws: Formula.Malformed.self) { try Formula(text) }
            return
        }
        #expect(try value(text) == result)
    }

    @Test func namesComeInTheOrderOfTheirFirstUse() throws {
        let formula = try Formula("b.x + a_1 * b.x - _c")
        #expect(formula.names == ["b.x", "a_1", "_c"])
        let program = try formula.program(inputs: [], result: nil)
        #expect(program.inputs == 3)
        #expect(program.evaluate([10, 2, 3]) == 27)
        #expect(program.evaluate([10, 2]) == nil)
        #expect(program.evaluate([10, .nan, 3]) == nil)
        #expect(program.evaluate([.infinity, 2, 3]) == nil)
        #expect(program.evaluate([1e60, 2, 3]) == nil)
        #expect(program.evaluate([-10, .leastNonzeroMagnitude, 3]) == -13)
    }

    private static let mistakes: [(String, String)] = [
        ("", "at the end: expected a number, a name, a function or '('"), ("2 +", "at the end"),
        ("2 2", "at column 3: expected an operator"),
        ("2x", "at column 1: expected a number such as"),
        ("(1", "expected ')'"), ("1)", "at column 2: expected an operator"),
        ("1.5.2", "a number such"),
        (".5", "expected a number, a name"), ("5.", "a number such"), ("1e61", "at most 1e60"),
        ("a = 2", "'==' instead of '='"), ("a && b", "'and' instead of '&&'"), ("a ** 2", "'^'"),
        ("a; b", "',' instead of ';'"), ("!a", "'not' instead of '!'"),
        ("a × 2", "'*' instead of '×'"),
        ("foo(1)", "there is no 'foo' (there are abs"), ("min(1)", "expected min(x, y, ...)"),
        ("sqrt(1, 2)", "expected sqrt(x)"), ("if(1, 2)", "if(condition, then, else)"),
        ("in(x)", "in(x, 'unit')"), ("in(x 'K')", "expected ')'"),
        ("clamp(1, 2)", "clamp(x, low, high)"),
        ("min + 1", "'min' is a word"), ("and", "'and' is a word"), ("1 < 2 < 3", "'and' between"),
        ("1 + not 2", "parentheses around"), ("3 'kWh'", "did you mean 'kW.h'?"),
        ("3 'K", "a closing quote"),
        ("max(a, 'K')", "max(x, y, ...)"), ("sqrt()", "a number, a name"),
        ("a # b", "instead of '#'"),
        ("in(x, 'Cel/s')", "scales"),
    ]

    @Test(arguments: mistakes)
    func saysWhereAndWhatWasExpected(text: String, problem: String) {
        let error = #expect(throws: Formula.Malformed.self) { try Formula(text) }
        #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
    }

    @Test func hasLimits() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
        }
        #expect(try value(nested(31)) == 1)
        #expect(throws: Formula.Malformed.self) { try Formula(nested(32)) }
        #expect(throws: Formula.Malformed.self) { try Formula(nested(400)) }
        #expect(throws: Formula.Malformed.self) {
            try Formula(String(repeating: "-", count: 999) + "1")
        }
        let sum = Array(repeating: "1", count: 128).joined(separator: "+")
        #expect(try value(sum) == 128)
        #expect(throws: Formula.Malformed.self) { try Formula(sum + "+1") }
        #expect(throws: Formula.Malformed.self) {
            try Formula(String(repeating: " ", count: 1_000) + "1")
        }
        // Values that wait.
        let deep = (0..<14).reduce("a") { text, _ in "if(a, a, \(text))" }
        #expect(try value(deep, [1]) == 1)
        let deeper = (0..<16).reduce("a") { text, _ in "if(a, a, \(text))" }
        #expect(throws: Formula.Malformed.self) { try Formula(deeper) }
    }
}
