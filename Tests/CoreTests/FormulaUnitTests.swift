import Core
import Simulator
import Testing

@Suite struct FormulaUnitTests {
    private func units(_ codes: [String]) throws -> [UnitOfMeasure?] {
        try codes.map { code throws in code.isEmpty ? nil : try UnitOfMeasure(code) }
    }

    private func value(
        _ text: String, _ inputs: [(Double, String)], in result: String
    ) throws -> Double? {
        try Formula(text)
            .program(inputs: units(inputs.map(\.1)), result: units([result])[0])
            .evaluate(inputs.map(\.0))
    }

    private func problem(_ text: String, _ inputs: [String], in result: String = "") -> String {
        do {
            _ = try Formula(text).program(inputs: units(inputs), result: units([result])[0])
            return "none"
        } catch {
            return "\(error)"
        }
    }

    private static func dewPoint(_ a: Double, _ b: Double) -> String {
        let gamma = "(ln(plain(rh, '1')) + \(a) * plain(t, 'Cel') / (\(b) + plain(t, 'Cel')))"
        return "as(\(b) * \(gamma) / (\(a) - \(gamma)), 'Cel')"
    }

    /// Sensirion's application note "Dew-point Calculation" (2006), with its coefficients.
    @Test(arguments: [(25.0, 10.0, -8.77), (50, 90, 47.90)])
    func dewPointAsSensirionHasIt(temperature: Double, humidity: Double, dew: Double) throws {
        let found = try value(
            Self.dewPoint(17.62, 243.12), [(humidity, "%"), (temperature, "Cel")], in: "Cel")
        #expect(((found ?? 0) - dew).magnitude <= 0.01, "\(String(describing: found))")
    }

    /// Alduchov and Eskridge 1996: 17.625 and 243.04 Cel; dew points to a tenth as in tables.
    /// Any unit of the inputs gives the same.
    @Test(arguments: [
        (25.0, 50.0, 13.9), (20, 60, 12.0), (30, 55, 20.0), (10, 80, 6.7), (20, 100, 20),
    ])
    func dewPointByMagnus(temperature: Double, humidity: Double, dew: Double) throws {
        let text = Self.dewPoint(17.625, 243.04)
        let found = try #require(
            try value(text, [(humidity, "%"), (temperature, "Cel")], in: "Cel"))
        #expect((found - dew).magnitude <= 0.051, "\(found)")
        let other = try value(
            text, [(humidity / 100, "1"), (temperature * 1.8 + 32, "[degF]")], in: "K")
        #expect(((other ?? 0) - found - 273.15).magnitude < 1e-9)
    }

    @Test func electricalPower() throws {
        #expect(try value("u * i", [(230, "V"), (16, "A")], in: "W") == 3_680)
        #expect(try value("u * i", [(230, "V"), (16, "A")], in: "kW") == 3.68)
        let three = try #require(
            try value(
                "sqrt(3) * u * i * pf", [(400, "V"), (10, "A"), (85, "%")], in: "kW"))
        #expect((three - 5.88897).magnitude < 1e-5)
        // Torque and speed: 100 N.m at 1500 a minute are 15.70796 kW.
        let shaft = try #require(
            try value("2 * pi * m * n", [(100, "N.m"), (1_500, "{rpm}/min")], in: "kW"))
        #expect((shaft - 15.7079632679).magnitude < 1e-9)
    }

    /// 20 l/min of water by 5 K: 20 / 60 * 4.186 * 5 kW.
    @Test func heatBalance() throws {
        let text = "flow * 1 'kg/l' * 4.186 'kJ/(kg.K)' * (t_out - t_in)"
        let expected = 20.0 / 60 * 4.186 * 5
        for (inputs, unit) in [
            ([(20.0, "l/min"), (35, "Cel"), (30, "Cel")], "kW"),
            ([(1.2, "m3/h"), (95, "[degF]"), (86, "[degF]")], "kW"),
            ([(20, "l/min"), (308.15, "K"), (303.15, "K")], "kJ/s"),
        ] {
            let found = try #require(try value(text, inputs, in: unit))
            #expect((found - expected).magnitude < 1e-12, "\(inputs)")
        }
        let btu = try #require(
            try value(text, [(20, "l/min"), (35, "Cel"), (30, "Cel")], in: "[Btu_IT]/h"))
        #expect((btu - expected * 3_412.142).magnitude < 0.01)
    }

    /// Torricelli: 10 kPa in water make 4.4721 m/s; roots of any factors are coherent.
    @Test func rootsOfUnits() throws {
        let text = "sqrt(2 * dp / 1000 'kg/m3')"
        let speed = try #require(try value(text, [(10, "kPa")], in: "m/s"))
        #expect((speed - 4.47213595499958).magnitude < 1e-12)
        let other = try #require(
            try value("(2 * dp / 1000 'kg/m3') ^ 0.5", [(100, "mbar")], in: "km/h"))
        #expect((other - 3.6 * 4.47213595499958).magnitude < 1e-12)
        #expect(try value("a ^ 2", [(3, "cm")], in: "mm2") == 900)
        #expect(try value("a ^ -1", [(4, "s")], in: "Hz") == 0.25)
        #expect(
            try value("plain(sqrt(4 'kPa.m3/kg'), 'm/s') * x", [(1, "1")], in: "1")
                == 63.245553203367585)
        #expect(try value("hypot(x, y)", [(3, "mm/s"), (4, "mm/s")], in: "m/s") == 0.005)
        #expect(try value("atan2(x, y)", [(1, "m"), (1, "m")], in: "deg") == 45)
        #expect(try value("sin(in(x, 'rad'))", [(90, "deg")], in: "1") == 1)
    }

    /// Of temperatures on a scale means and differences make sense, and nothing else.
    @Test func temperaturesArePointsOnAScale() throws {
        #expect(try value("(a + b) / 2", [(20, "Cel"), (30, "Cel")], in: "K") == 298.15)
        #expect(try value("0.25 * a + b * 0.75", [(20, "Cel"), (30, "Cel")], in: "Cel") == 27.5)
        #expect(try value("a - b", [(30, "Cel"), (20, "Cel")], in: "K") == 10)
        #expect(try value("a - b", [(50, "[degF]"), (32, "[degF]")], in: "K") == 10)
        #expect(try value("a + 0.5 * (b - a)", [(20, "Cel"), (30, "Cel")], in: "Cel") == 25)
        #expect(
            try value("a + x * (b - a)", [(20, "Cel"), (0.5, "1"), (30, "Cel")], in: "Cel") == 25)
        #expect(try value("a + 2 'K'", [(20, "Cel")], in: "Cel") == 22)
        #expect(try value("a - b > 5 'K'", [(30, "Cel"), (20, "Cel")], in: "1") == 1)
        #expect(try value("max(a, b)", [(30, "Cel"), (20, "Cel")], in: "[degF]") == 86)
        #expect(try value("in(a, 'K') + b", [(20, "Cel"), (5, "K")], in: "Cel") == 25)
        #expect(try value("abs(a - b)", [(20, "Cel"), (30, "Cel")], in: "K") == 10)
        #expect(problem("a + b", ["Cel", "Cel"], in: "Cel").contains("make it a mean (1)"))
        #expect(problem("2 * a", ["Cel"], in: "Cel").contains("adds up temperatures"))
        #expect(problem("a - b", ["Cel", "Cel"], in: "Cel").contains("use 'K'"))
        #expect(problem("a * b", ["Cel", "kg"]).contains("a scale with its own 0"))
        #expect(problem("a ^ 2", ["Cel"]).contains("has no power"))
        #expect(problem("1 / a", ["Cel"]).contains("a scale with its own 0"))
        #expect(problem("abs(a)", ["Cel"]).contains("a difference or an amount"))
        #expect(problem("a > b - a", ["Cel", "Cel"]).contains("temperatures with temperatures"))
        #expect(
            problem("a > 0", ["Cel"]).contains("write the number with its unit, such as 0.0 'Cel'"))
        #expect(try value("a > 0 'Cel'", [(1, "Cel")], in: "") == 1)
        #expect(problem("a + 2", ["Cel"]).hasSuffix("with its unit, such as 2.0 'K'"))
        #expect(problem("a - 2", ["[degF]"]).hasSuffix("with its unit, such as 2.0 '[degR]'"))
        #expect(
            problem("2 + a", ["Cel"]).hasSuffix(
                "write the temperature first, and behind it the number with its unit, such as "
                    + "2.0 'K'"))
    }

    @Test func explainsMistakes() {
        #expect(problem("t_k + t_c", ["K", "Cel"]).hasSuffix("such as in(t_c, 'K')"))
        #expect(
            problem("a + b", ["kW", "W"])
                == "in 'a + b' at column 1: 'a' is in kW and 'b' is in W: convert one first, such as "
                + "in(b, 'kW')")
        #expect(
            problem("1 + max(t_k, t_c)", ["K", "Cel"])
                == "in 'max(t_k, t_c)' at column 5: 't_k' is in K and 't_c' is in Cel: convert one "
                + "first, such as in(t_c, 'K')")
        #expect(problem("a + b", ["m", "s"]).contains("m and s have nothing in common"))
        #expect(problem("p > 5", ["bar"]).contains("such as 5.0 'bar'"))
        #expect(problem("p + x", ["bar", "1"]).contains("as(..., 'bar')"))
        #expect(problem("exp(x)", ["%"]).contains("convert it by in(..., '1')"))
        #expect(problem("ln(p)", ["bar"]).contains("divide it by 1 'bar'"))
        #expect(problem("sin(x)", ["deg"]).contains("in(..., 'rad')"))
        #expect(problem("x ^ y", ["m", "1"]).contains("only a constant exponent"))
        #expect(problem("x ^ 0.3", ["m"]).contains("only a constant exponent"))
        #expect(problem("sqrt(x)", ["m"]).contains("no such root"))
        #expect(problem("2 ^ x", ["s"]).contains("an exponent"))
        #expect(problem("if(x, 1, 2)", ["s"]).contains("a condition"))
        #expect(problem("x and y", ["1", "s"]).contains("a condition"))
        #expect(problem("u * i", ["V", "A"], in: "kW.h").contains("can't be kW.h"))
        #expect(problem("m * w", ["N.m", "rad/s"], in: "W").contains("divide by 1 'rad'"))
        #expect(problem("as(x, 'Cel')", ["K"]).contains("convert it by in(..., 'Cel')"))
        #expect(problem("in(x, 'Cel')", [""]).contains("its unit is not known"))
        #expect(problem("x ^ 24 * x ^ 24", ["m2"]).contains("beyond what is sensible"))
    }

    @Test func nothingIsCheckedOfWhatIsNotKnown() throws {
        #expect(try value("a + b", [(1, ""), (2, "kW")], in: "K") == 3)
        #expect(
            try value("sin(a) + exp(a) + a ^ a", [(1, "")], in: "") == sin1 + 1 + 2.718281828459045)
        #expect(try value("as(a, 'kW') + b", [(1, ""), (2, "kW")], in: "W") == 3_000)
        #expect(problem("as(a, 'kW') + b", ["", "W"]).contains("convert one first"))
        #expect(try Formula("a * b").unit(inputs: units(["", "W"])) == nil)
        #expect(try Formula("a > b").unit(inputs: units(["", "W"]))?.code == "1")
        #expect(try Formula("a - b").unit(inputs: units(["Cel", "Cel"]))?.code == "K")
        // Nothing of anything; zero goes with each unit that begins there.
        #expect(try value("max(p, 0)", [(-2, "bar")], in: "bar") == 0)
    }

    private let sin1 = 0.8414709848078965

    /// The code that a product of units gets is UCUM for what it means.
    @Test(arguments: [UInt64(31), 32])
    func unitsOfResultsHaveCodes(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let codes = ["m3/h", "/min", "kJ/(kg.K)", "W", "1", "s-2", "bar", "{rpm}/min", "%"]
        let forms = [
            "a * b / c", "a / (b * c)", "a ^ 2 / b ^ -3 * c", "1 / a * (b / c) ^ 2",
            "(a / b) ^ -2 / (c / a)",
        ]
        for _ in 0..<300 {
            let units = try (0..<3).map { _ in
                try UnitOfMeasure(codes.randomElement(using: &generator)!)
            }
            let form = forms.randomElement(using: &generator)!
            let unit = try #require(try Formula(form).unit(inputs: units))
            let again = try UnitOfMeasure(unit.code)
            #expect(again.isSame(as: unit), "seed \(seed): \(form) of \(units) is \(unit)")
        }
    }
}
