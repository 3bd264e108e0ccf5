import Simulator
import Testing

@testable import Core

@Suite struct CalibrationTests {
    private func number(_ text: String) throws -> Number {
        let bytes = Array(text.utf8)
        let number = Number(parsing: bytes.span)
        return try #require(number)
    }

    private func table(
        _ points: [(String, String)], outside: CalibrationTable.Outside = .extend
    ) throws -> Calibration {
        Calibration(
            try CalibrationTable(
                try points.map { .init(x: try number($0.0), y: try number($0.1)) },
                outside: outside))
    }

    private func polynomial(_ coefficients: [String]) throws -> Calibration {
        Calibration(try CalibrationPolynomial(try coefficients.map(number)))
    }

    @Test func aLineIsExact() throws {
        let line = Calibration(gain: try number("1.02"), offset: try number("-0.3"))
        #expect(line.apply(try number("23.45"))?.description == "23.619")
        let identity = Calibration(gain: try number("1.0"), offset: try number("0.00"))
        #expect(identity == .identity)
        #expect(identity.apply(try number("1.50")) == .decimal(mantissa: 150, scale: 2))
        let large = Calibration(gain: try number("1e40"), offset: .zero)
        #expect(large.apply(try number("1e30")) == nil)
    }

    /// NIST ITS-90 (Monograph 175), type K, 0 to 500 Cel: the inverse function's coefficients
    /// against the table of the reference function. NIST states errors of -0.05 to 0.04 Cel.
    @Test func thermocoupleOfTypeK() throws {
        let inverse = try polynomial([
            "0", "2.508355E+01", "7.860106E-02", "-2.503131E-01", "8.315270E-02",
            "-1.228034E-02", "9.804036E-04", "-4.413030E-05", "1.057734E-06", "-1.052755E-08",
        ])
        let published = [
            ("0.000", 0.0), ("0.397", 10), ("0.798", 20), ("1.000", 25), ("1.203", 30),
            ("2.023", 50), ("4.096", 100), ("8.138", 200), ("12.209", 300), ("16.397", 400),
            ("20.644", 500),
        ]
        for (millivolts, celsius) in published {
            let result = try #require(inverse.apply(try number(millivolts)))
            #expect(abs(result.double - celsius) <= 0.05, "\(millivolts) mV")
            #expect(result.scale == 5)
        }
        // To the digits of an independent evaluation.
        #expect(inverse.apply(try number("8.138"))?.description == "199.97206")
        #expect(inverse.apply(try number("20.644"))?.description == "499.98049")
    }

    /// IEC 60751's table of a Pt100, every 50 Cel, against its own values between: the curve of
    /// Callendar and Van Dusen bends by less than 0.1 Cel over 50.
    @Test func resistanceThermometer() throws {
        let pt100 = try table([
            ("60.26", "-100"), ("80.31", "-50"), ("100.00", "0"), ("119.40", "50"),
            ("138.51", "100"), ("157.33", "150"), ("175.86", "200"),
        ])
        #expect(pt100.apply(try number("138.51"))?.normalized.description == "100")
        #expect(pt100.apply(try number("175.86"))?.normalized.description == "200")
        for (ohms, celsius) in [
            ("72.33", -70.0), ("92.16", -20), ("107.79", 20), ("127.08", 70), ("168.48", 180),
        ] {
            let result = try #require(pt100.apply(try number(ohms)))
            #expect(abs(result.double - celsius) < 0.15, "\(ohms) Ohm")
        }
        // Half way between two points, and beyond the last: its line goes on.
        #expect(pt100.apply(try number("109.70"))?.description == "25")
        #expect(pt100.apply(try number("194.39"))?.description == "250")
    }

    @Test func outsideOfATable() throws {
        let points = [("0", "10"), ("10", "20"), ("20", "60")]
        let expected: [(CalibrationTable.Outside, String?, String?)] = [
            (.extend, "0", "100"), (.hold, "10", "60"), (.refuse, nil, nil),
        ]
        for (outside, before, after) in expected {
            let table = try table(points, outside: outside)
            #expect(table.apply(try number("-10"))?.normalized.description == before)
            #expect(table.apply(try number("30"))?.normalized.description == after)
            #expect(table.apply(try number("0"))?.normalized.description == "10")
            #expect(table.apply(try number("20"))?.normalized.description == "60")
            #expect(table.apply(try number("15"))?.normalized.description == "40")
        }
    }

    /// Counts of a converter are integers; what they stand for is not.
    @Test func aFlatCurveKeepsItsDigits() throws {
        let counts = try table([("0", "0"), ("65536", "10")])
        let one = try #require(counts.apply(Number(1)))
        let two = try #require(counts.apply(Number(2)))
        #expect(abs(one.double - 10 / 65_536.0) < 1e-6)
        #expect(one.double < two.double)
        let flat = try polynomial(["4", "1.5e-4"])
        #expect(flat.apply(Number(1))?.description == "4.00015")
    }

    @Test func hugeResultsAreRefused() throws {
        #expect(try polynomial(["0", "1", "1e60"]).apply(try number("1e60")) == nil)
        #expect(try table([("0", "0"), ("1e-9", "1e60")]).apply(try number("1e60")) == nil)
    }

    @Test func mistakesAreNamed() throws {
        func message(_ make: () throws -> Calibration) -> String {
            do {
                _ = try make()
                return "none"
            } catch {
                return "\(error)"
            }
        }
        #expect(message { try table([("1", "1")]) }.hasPrefix("1 points; a table has 2"))
        #expect(message { try table([("1", "1"), ("1.0", "2")]) }.hasPrefix("the x of point 2"))
        #expect(message { try table([("2", "1"), ("1", "2")]) }.hasPrefix("the x of point 2"))
        #expect(
            message { try table([("0", "0"), ("1e-300", "1e60")]) }.hasPrefix("point 2 is too near")
        )
        #expect(message { try polynomial([]) }.hasPrefix("0 coefficients"))
        #expect(
            message { try polynomial(Array(repeating: "1", count: 11)) }
                .hasPrefix("11 coefficients"))
        let many = (0..<257).map { ("\($0)", "0") }
        #expect(message { try table(many) }.hasPrefix("257 points"))
        #expect(message { try table(Array(many.dropLast())) } == "none")
    }

    /// Against a search from the front, on random tables.
    @Test(arguments: [UInt64(31), 32, 33])
    func findsTheSegment(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for _ in 0..<200 {
            var x: Int64 = Int64.random(in: -1_000...0, using: &generator)
            let points = (0..<Int.random(in: 2...40, using: &generator)).map { _ in
                x += Int64.random(in: 1...50, using: &generator)
                return CalibrationTable.Point(
                    x: .decimal(mantissa: x, scale: 1),
                    y: .decimal(
                        mantissa: Int64.random(in: -5_000...5_000, using: &generator), scale: 2))
            }
            let calibration = Calibration(try CalibrationTable(points))
            for _ in 0..<40 {
                let reading = Number.decimal(
                    mantissa: Int64.random(in: -1_200...x + 200, using: &generator), scale: 1)
                let end = points.dropFirst().dropLast().firstIndex {
                    reading.double < $0.x.double
                }
                let (a, b) = (
                    points[(end ?? points.count - 1) - 1], points[end ?? points.count - 1]
                )
                let slope = (b.y.double - a.y.double) / (b.x.double - a.x.double)
                let expected = a.y.double + slope * (reading.double - a.x.double)
                let found = try #require(calibration.apply(reading))
                #expect(abs(found.double - expected) <= 0.00051, "seed \(seed): \(reading)")
            }
        }
    }
}
