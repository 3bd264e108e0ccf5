import Core
import Testing

@Suite struct NumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0.0", "0"), ("23.45", "23.45"), ("+7", "7"), ("20.50", "20.5"),
        ("-1.260", "-1.26"), ("1e3", "1000"), ("1.5E-3", "0.0015"), ("0.000001", "0.000001"),
        ("922337203685477580", "922337203685477580"),
        ("12345678901234567890123", "1.2345678901234568e+22"),
        ("1e60", "1e+60"),
    ])
    func readsAndWrites(text: String, written: String) {
        let number = Self.number(text)
        #expect(number?.description == written)
    }

    @Test(arguments: [
        "", "-", ".5", "5.", "1e", "1e+", "0x10", "nan", "inf", "1 2", "1e999", "1e61", "--1",
    ])
    func refuses(text: String) {
        #expect(Self.number(text) == nil)
    }

    private static func number(_ text: String) -> Number? {
        let bytes = Array(text.utf8)
        return Number(parsing: bytes.span)
    }

    @Test func arithmeticIsExactWhereItFits() throws {
        func number(_ text: String) throws -> Number { try #require(Self.number(text)) }
        #expect(try (number("0.1") + number("0.2")).description == "0.3")
        #expect(try (number("23.45") * number("1.02") + number("-0.3")).description == "23.619")
        // Beyond 64 bits it goes on as a double.
        let large = try number("900000000000000000") + number("900000000000000000")
        #expect(large.double == 1.8e18)
    }

    @Test func roundsToPlaces() {
        #expect(Number(1.005, roundedTo: 2)?.description == "1")
        #expect(Number(-2.345678, roundedTo: 3)?.description == "-2.346")
        #expect(Number(.infinity, roundedTo: 3) == nil)
    }

    private static let significant: [(Double, UInt8, Int64, UInt8)] = [
        (0.0015, 2, 15, 4), (1.5, 2, 150, 2), (1.0 / 3_000, 2, 333_333, 9), (-0.1, 0, -1, 1),
        (2.0 / 3, 8, 66_666_667, 8), (0.000_999_999_96, 0, 1, 3), (0, 2, 0, 2),
        (1e-17, 0, 10, 18), (1e-20, 0, 0, 18), (123_456.789, 1, 1_234_568, 1),
    ]

    @Test(arguments: significant)
    func keepsSixDigits(value: Double, places: UInt8, mantissa: Int64, scale: UInt8) {
        let expected = Number.decimal(mantissa: mantissa, scale: scale)
        let number = Number(significant: value, roundedTo: places)
        #expect(number?.normalized == expected.normalized)
        if value.magnitude > 1e-3 { #expect(number == expected) }
        #expect(Number(significant: .nan, roundedTo: places) == nil)
    }
}
