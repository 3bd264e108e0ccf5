internal import Core

extension FuzzTarget {
    /// Two codes, a line end between them.
    static let unit = FuzzTarget("unit", maximumLength: 300, seeds: unitSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        guard let code = String(validating: input.until(0x0a), as: UTF8.self),
            let other = String(validating: input.rest(), as: UTF8.self)
        else { return }
        guard let left = try parsed(code), let right = try parsed(other) else { return }
        let itself = left.conversion(to: left)
        try require(itself?.gain == 1 && itself?.offset == 0, "'\(code)' to itself")
        guard let there = left.conversion(to: right) else {
            try require(!left.isCommensurable(with: right), "no way from '\(code)' to '\(other)'")
            return
        }
        guard let back = right.conversion(to: left) else {
            throw Violation("no way back from '\(other)' to '\(code)'")
        }
        try require(isNear(there.gain * back.gain, 1), "'\(code)' to '\(other)' and back")
        try require(there.offset.isFinite, "the offset from '\(code)' to '\(other)'")
        if let exact = left.exactConversion(to: right) {
            try require(
                isNear(exact.gain.double, there.gain) && isNear(exact.offset.double, there.offset),
                "'\(code)' to '\(other)' by decimals")
        }
    }

    /// A formula; lines with the unit of the result and of each input; values of 8 bytes.
    static let formula = FuzzTarget("formula", maximumLength: 1_200, seeds: formulaSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        guard let text = String(validating: input.until(0x0a), as: UTF8.self),
            let formula = try? Formula(text)
        else { return }
        try require(formula.names.count == Set(formula.names).count, "a name twice")
        try require((try? Formula(text)) == formula, "another formula at the second reading")
        let result = unit(from: &input)
        let units = formula.names.map { _ in unit(from: &input) }
        let values = formula.names.map { _ in Double(bitPattern: input.integer()) }
        for inputs in [units, []] {
            guard let program = try? formula.program(inputs: inputs, result: result) else {
                continue
            }
            let value = program.evaluate(values)
            try require((value ?? 0).magnitude <= Number.largest, "'\(text)' is \(value ?? 0)")
            try require(value == program.evaluate(values), "another value at the second time")
        }
        guard let unit = try? formula.unit(inputs: units) else { return }
        // The longest codes are products of what was written.
        if unit.code.utf8.count <= UnitOfMeasure.maximumLength {
            let again = try must("the unit of '\(text)'") { try UnitOfMeasure(unit.code) }
            try require(again.isSame(as: unit), "'\(unit)' reads as another unit")
        }
    }

    private static func parsed(_ code: String) throws(Violation) -> UnitOfMeasure? {
        do {
            return try UnitOfMeasure(code)
        } catch {
            if let suggestion = error.suggestion {
                _ = try must("the suggestion for '\(code)'") { try UnitOfMeasure(suggestion) }
            }
            return nil
        }
    }

    private static func unit(from input: inout FuzzInput) -> UnitOfMeasure? {
        try? UnitOfMeasure(String(decoding: input.until(0x0a), as: UTF8.self))
    }

    private static var unitSeeds: [FuzzSeed] {
        [
            FuzzSeed("flow", "m3/h\nl/min"), FuzzSeed("celsius", "Cel\n[degF]"),
            FuzzSeed("energy", "kW.h\n[Btu_IT]"), FuzzSeed("heat", "kJ/(kg.K)\ncal_IT/(g.K)"),
            FuzzSeed("annotation", "{rpm}/min\nHz"), FuzzSeed("ten", "10*3/ul\n10^9.l-1"),
            FuzzSeed("brackets", "m[H2O]\n[in_i'Hg]{gauge}"), FuzzSeed("angle", "deg\nrad"),
            FuzzSeed("everyday", "°C\nm³/h"), FuzzSeed("words", "kWh/m²\nrpm"),
            FuzzSeed("logarithm", "dB[SPL]\n[pH]"), FuzzSeed("scale", "Cel/min\nmCel"),
            FuzzSeed("nested", "((((((((m))))))))\n(((((((((m)))))))))"),
            FuzzSeed("extreme", "10*120\n10*-120"), FuzzSeed("exponents", "m60\nm60.m"),
            FuzzSeed("prefixes", "Ym.ym\ndar.daar"), FuzzSeed("number", "999999999999.m\n0.1"),
        ]
    }

    private static var formulaSeeds: [FuzzSeed] {
        func seed(_ name: String, _ text: String, _ units: [String], _ values: [Double]) -> FuzzSeed
        {
            var output = FuzzOutput()
            output.raw(Array(([text] + units).joined(separator: "\n").utf8) + [0x0a])
            for value in values { output.integer(value.bitPattern) }
            return FuzzSeed(name, output.bytes)
        }
        return [
            seed("power", "u * i", ["kW", "V", "A"], [230, 16]),
            seed(
                "heat", "flow * 1 'kg/l' * 4.186 'kJ/(kg.K)' * (t_out - t_in)",
                ["kW", "l/min", "Cel", "Cel"], [20, 35, 30]),
            seed(
                "dew-point",
                "as(243.04 * (ln(plain(rh, '1')) + 17.625 * plain(t, 'Cel')) / (17.625 - "
                    + "ln(plain(rh, '1'))), 'Cel')", ["Cel", "%", "[degF]"], [50, 77]),
            seed("mean", "(a + b) / 2", ["K", "Cel", "Cel"], [20, 30]),
            seed("root", "sqrt(2 * dp / 1000 'kg/m3')", ["m/s", "kPa"], [10]),
            seed(
                "choice", "if(a > 0 and not b == 1, ln(a), max(-a, b, 2 ^ b))", ["", "", ""],
                [2, 1]),
            seed(
                "functions", "clamp(hypot(a, b), 0, 5) + atan2(in(a, 'm'), b)", ["", "mm"], [1, 2]),
            seed("angles", "sin(in(x, 'rad')) + cos(1 \"rad\")", ["1", "deg"], [90]),
            seed("nothing", "1 / x + ln(x) + x ^ 0.5", ["1", "1"], [-1]),
            seed("extreme", "x * 1e60 ^ y", ["", "", ""], [1e60, -.infinity]),
            seed("nested", "((((((((((x))))))))))", ["", "Cel"], [.nan]),
            seed("open", "max(a, 'K", [], []),
            seed("signs", "- - -a ^ -b", ["1", "", ""], [-0.0, 2]),
            seed("powers", "a ^ 24 / b ^ -12", ["m", "10*5", "bar"], [1, 2]),
            seed("numbers", "a ^ 3 * b / a", ["1", "5", "10*3"], [1, 2]),
            seed("mismatch", "a + b", ["W", "kW", "W"], [1, 2]),
            seed("other-language", "a && b ** 2", [], []),
        ]
    }
}
