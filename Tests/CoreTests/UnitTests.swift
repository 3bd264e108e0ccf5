import Core
import Simulator
import Testing

@Suite struct UnitTests {
    /// NIST Special Publication 811 (2008), appendix B.8, factors to seven digits.
    private static let nist: [(String, String, Double)] = [
        ("atm", "Pa", 1.013250e5), ("[psi]", "Pa", 6.894757e3), ("[HP]", "W", 7.456999e2),
        ("[Btu_IT]", "J", 1.055056e3), ("[Btu_th]", "J", 1.054350e3), ("cal_th", "J", 4.184),
        ("[gal_us]", "m3", 3.785412e-3), ("[gal_us]/min", "m3/s", 6.309020e-5),
        ("[gal_br]", "l", 4.546090), ("[bbl_us]", "m3", 1.589873e-1),
        ("[lb_av]", "kg", 4.535924e-1), ("[lbf_av]", "N", 4.448222),
        ("[ft_i].[lbf_av]", "J", 1.355818), ("[cft_i]/min", "m3/s", 4.719474e-4),
        ("[mi_i]/h", "m/s", 4.470400e-1), ("[kn_i]", "m/s", 5.144444e-1),
        ("deg", "rad", 1.745329e-2), ("kgf/cm2", "Pa", 9.806650e4), ("kW.h", "J", 3.6e6),
        ("[in_i'H2O]", "Pa", 2.490889e2), ("m[H2O]", "Pa", 9.806650e3),
        ("[Btu_IT]/(h.[ft_i]2.[degR])", "W/(m2.K)", 5.678263), ("[oz_av]", "g", 2.834952e1),
        ("[mil_i]", "mm", 2.54e-2), ("P", "Pa.s", 0.1), ("St", "m2/s", 1e-4), ("t", "kg", 1e3),
        ("[foz_us]", "ml", 2.957353e1),
    ]

    @Test(arguments: nist)
    func agreesWithNIST(from: String, to: String, factor: Double) throws {
        let (gain, offset) = try #require(
            try UnitOfMeasure(from).conversion(to: UnitOfMeasure(to)))
        #expect((gain / factor - 1).magnitude < 2e-7, "\(gain)")
        #expect(offset == 0)
    }

    /// By the definitions of UCUM 2.1, as doubles without an error.
    private static let definitions: [(String, String, Double)] = [
        ("m", "km", 0.001), ("m3/h", "l/min", 1_000.0 / 60), ("km/h", "m/s", 1 / 3.6),
        ("%", "1", 0.01), ("[ppm]", "[ppb]", 1_000), ("{rpm}/min", "Hz", 1.0 / 60),
        ("kW.h", "MJ", 3.6), ("V.A{reactive}", "W", 1), ("mol/l", "mmol/ml", 1),
        ("bar", "mbar", 1_000), ("10*3/ul", "10*9/l", 1), ("a", "d", 365.25), ("mo", "d", 30.4375),
        ("MiBy", "KiBy", 1_024), ("By/s", "kbit/s", 0.008), ("Ohm.A", "V", 1), ("J/C", "V", 1),
        ("lm/m2", "lx", 1), ("T.m2", "Wb", 1), ("/Ohm", "S", 1), ("m[Hg]", "kPa", 133.322),
        ("dar", "m2", 10), ("gon", "deg", 0.9), ("cd.sr", "lm", 1), ("N.m", "J", 1),
        // One of UCUM's functional tests (3-111): '.' and '/' go from left to right.
        ("s/m.mg", "s.m-1.g", 0.001), ("2.m/4.s", "m.s", 0.5), ("m/(s/h)", "m.h/s", 1),
    ]

    @Test(arguments: definitions)
    func converts(from: String, to: String, factor: Double) throws {
        let (from, to) = (try UnitOfMeasure(from), try UnitOfMeasure(to))
        let (gain, offset) = try #require(from.conversion(to: to))
        #expect(gain == factor && offset == 0)
        let back = try #require(to.conversion(to: from))
        #expect((back.gain * factor - 1).magnitude < 4e-16)
    }

    private static let temperatures: [(String, String, Double, Double)] = [
        ("Cel", "K", 1.0, 273.15), ("K", "Cel", 1, -273.15), ("[degF]", "Cel", 5.0 / 9, -160.0 / 9),
        ("Cel", "[degF]", 1.8, 32), ("[degF]", "K", 5.0 / 9, 45_967.0 / 180),
        ("mCel", "Cel", 0.001, 0), ("Cel", "mCel", 1_000, 0), ("[degR]", "K", 5.0 / 9, 0),
        ("Cel{supply}", "mK", 1_000, 273_150),
    ]

    @Test(arguments: temperatures)
    func convertsTemperatures(from: String, to: String, gain: Double, offset: Double) throws {
        let found = try #require(try UnitOfMeasure(from).conversion(to: UnitOfMeasure(to)))
        #expect((found.gain - gain).magnitude <= gain.ulp)
        #expect((found.offset - offset).magnitude <= offset.ulp)
    }

    @Test func decimalsStayExact() throws {
        func exact(_ from: String, _ to: String) throws -> String? {
            try UnitOfMeasure(from).exactConversion(to: UnitOfMeasure(to)).map {
                "\($0.gain) \($0.offset)"
            }
        }
        #expect(try exact("m", "km") == "0.001 0")
        #expect(try exact("Cel", "K") == "1 273.15")
        #expect(try exact("K", "Cel") == "1 -273.15")
        #expect(try exact("Cel", "[degF]") == "1.8 32")
        #expect(try exact("[psi]", "Pa") == nil)
        #expect(try exact("[lb_av]", "kg") == "0.45359237 0")
        #expect(try exact("[degF]", "Cel") == nil)
        #expect(try exact("km/h", "m/s") == nil)
        #expect(try exact("m/s", "km/h") == "3.6 0")
        #expect(try exact("deg", "rad") == nil)
        #expect(try exact("mm2", "m2") == "0.000001 0")
        #expect(try exact("m", "s") == nil)
        #expect(try exact("Ym", "ym") == nil)
    }

    @Test func knowsWhatIsTheSame() throws {
        func same(_ left: String, _ right: String) throws -> Bool {
            try UnitOfMeasure(left).isSame(as: UnitOfMeasure(right))
        }
        #expect(try same("m3/h", "m3.h-1"))
        #expect(try same("{rpm}/min", "/min"))
        #expect(try same("W", "V.A"))
        #expect(try same("L", "dm3"))
        #expect(try !same("K", "Cel"))
        #expect(try !same("kW", "W"))
        #expect(try UnitOfMeasure("K").isCommensurable(with: UnitOfMeasure("Cel")))
        #expect(try !UnitOfMeasure("C").isCommensurable(with: UnitOfMeasure("Cel")))
        #expect(try UnitOfMeasure("W").isCommensurable(with: UnitOfMeasure("[Btu_IT]/h")))
    }

    private static let spellings: [(String, String?)] = [
        ("°C", "Cel"), ("m³/h", "m3/h"), ("kWh", "kW.h"), ("rpm", "/min"), ("RPM", "/min"),
        ("µm", "um"), ("kΩ", "kOhm"), ("W/m²K", nil), ("kWh/m³", "kW.h/m3"),
        ("Nm", "N.m"), ("psi", "[psi]"), ("m/sec", "m/s"), ("l / min", "l/min"),
        ("kVA", "kV.A"), ("kvar", "kV.A{reactive}"), ("degC", "Cel"), ("°F", "[degF]"),
        ("barg", "bar{gauge}"), ("BAR", "bar"), ("Hz ", "Hz"), ("ppm", "[ppm]"),
        ("%RH", "%{RH}"), ("dB", "{dB}"), ("[pH]", "{pH}"), ("m^2", "m2"), ("m·s⁻¹", "m.s-1"),
        ("mmHg", "mm[Hg]"), ("gpm", "[gal_us]/min"), ("J/kWh", "J/(kW.h)"),
        ("Nm3/h", "m3{normal}/h"),
        ("", "1"), ("zorkmid", nil), ("kPA", "kPa"),
    ]

    @Test(arguments: spellings)
    func suggests(wrong: String, right: String?) throws {
        let error = #expect(throws: UnitOfMeasure.Malformed.self) { try UnitOfMeasure(wrong) }
        #expect(error?.suggestion == right, "\(wrong)")
        if let right {
            #expect(throws: Never.self) { try UnitOfMeasure(right) }
            #expect(error?.description.hasSuffix("; did you mean '\(right)'?") == true)
        }
    }

    private static let mistakes: [(String, String)] = [
        ("Cel/min", "Cel and [degF] alone, since they are scales: K in a product"),
        ("m.Cel", "scales"), ("Cel2", "scales"), ("B[SPL]", "a logarithm"), ("dB[mW]", "logarithm"),
        ("Np", "logarithm"), ("[pH]", "logarithm"), ("m/", "a unit at the end"), ("m..s", "a unit"),
        ("(m", "a ')' for each '('"), ("m)", "'(' before ')'"), ("()", "a unit in parentheses"),
        ("m{a", "a '}' for each '{'"), ("[in_i", "a ']' for each '['"),
        ("2.54.cm", "whole numbers"),
        ("0.1", "whole numbers"), ("0", "a number from 1"), ("m-", "digits after"),
        ("2m", "'.' or '/' before 'm'"), ("m61", "exponents up to 60"), ("10*130", "factors from"),
        ("kmin", "'kmin' is not"), ("m s", "without spaces"),
        ("((((((((((m", "parentheses in each"),
    ]

    @Test(arguments: mistakes)
    func saysWhatWasExpected(wrong: String, expected: String) {
        let error = #expect(throws: UnitOfMeasure.Malformed.self) { try UnitOfMeasure(wrong) }
        let text = error?.description ?? ""
        #expect(text.contains("'\(wrong)'") && text.contains(expected), "\(text)")
    }

    private static let atoms = [
        "m", "s", "kg", "K", "A", "mol", "[psi]", "[gal_us]", "h", "bar", "kW", "l", "deg", "%",
        "[lb_av]", "min", "10*3", "[Btu_IT]", "V", "Ohm", "Hz", "{x}", "MiBy", "mm2", "s-1",
    ]

    /// Products in any order, written in two ways, are the same unit; there and back is where
    /// it began; the exact conversion is the double one.
    @Test(arguments: [UInt64(11), 12, 13])
    func holdsForAnyProducts(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for _ in 0..<500 {
            let tops = (0...2).map { _ in Self.atoms.randomElement(using: &generator)! }
            let bottoms = (0...1).map { _ in Self.atoms.randomElement(using: &generator)! }
            let code = tops.joined(separator: ".") + "/(" + bottoms.joined(separator: ".") + ")"
            let other =
                bottoms.map { "/" + $0 }.joined()
                + tops.reversed().map { "." + $0 }.joined()
            let (unit, again) = (try UnitOfMeasure(code), try UnitOfMeasure(other))
            #expect(unit.isSame(as: again), "seed \(seed): \(code) \(other)")
            let scaled = try UnitOfMeasure(
                "(\(code)).k\(["m", "g", "W"].randomElement(using: &generator)!)/m")
            let target = try UnitOfMeasure(
                "(\(other)).\(["s", "min"].randomElement(using: &generator)!)")
            guard let there = scaled.conversion(to: target),
                let back = target.conversion(to: scaled)
            else {
                #expect(!scaled.isCommensurable(with: target))
                continue
            }
            #expect((there.gain * back.gain - 1).magnitude < 1e-15, "seed \(seed): \(code)")
            if let exact = scaled.exactConversion(to: target) {
                #expect(exact.gain.double == there.gain, "seed \(seed): \(code)")
            }
        }
    }

    /// Nothing traps, and what is suggested is UCUM.
    @Test(arguments: [UInt64(21), 22])
    func takesAnyText(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let pieces =
            Self.atoms + [
                "(", ")", ".", "/", "{", "}", "[", "]", "-", "9", "0", "°", "³",
                "Cel", "k", "kWh", "10*", " ", "'", "rpm", "10^-", "99", "+", "dB", "²", "\u{301}",
            ]
        var taken = 0
        for _ in 0..<4_000 {
            let count = Int.random(in: 0...7, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined()
            do {
                let unit = try UnitOfMeasure(text)
                let itself = unit.conversion(to: unit)
                #expect(itself?.gain == 1 && itself?.offset == 0, "seed \(seed): \(text)")
                taken += 1
            } catch {
                if let suggestion = error.suggestion {
                    #expect(throws: Never.self, "seed \(seed): \(text)") {
                        try UnitOfMeasure(suggestion)
                    }
                }
            }
        }
        #expect(taken > 200)
    }
}
