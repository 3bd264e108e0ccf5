import Core
import Testing

@Suite struct CSVLineTests {
    private static let columns = [
        CSVColumn("time", .time(.rfc3339)), CSVColumn("site", .label),
        CSVColumn("temp", .metric(unit: "C")), CSVColumn("on", .flag), CSVColumn("mode", .state),
    ]

    private static func decode(_ layout: CSVLayout, _ text: String) throws -> Decoded {
        try CSVLine(layout).decode(Array(text.utf8).span)
    }

    @Test func aHeaderInTheFirstLine() throws {
        let layout = try CSVLayout(
            delimiter: UInt8(ascii: ";"), header: .firstLine, columns: Self.columns, comment: "#")
        let decoded = try Self.decode(
            layout,
            """
            \u{feff}# made by hand
            mode;temp;other;time;site;on
            RUN; 20.50 ;x;2026-11-23T21:19:34Z;"a ""b"";\nc";TRUE

            RUN;;x;2026-11-23T21:19:35Z;b;0\r
            RUN;warm;x;2026-11-23T21:19:36Z;b;maybe
            RUN;1;x;yesterday;b;1
            RUN;1
            RUN;1;x;2026-11-23T21:19:36Z;b";1
            """)
        let first = Timestamp(microseconds: 1_795_468_774_000_000)
        let labels = [Series.Label(name: "site", value: "a \"b\";\nc")]
        #expect(
            Array(decoded.readings.prefix(3)) == [
                DecodedReading(
                    "temp", .number(.decimal(mantissa: 2_050, scale: 2)), unit: "C", time: first,
                    labels: labels),
                DecodedReading("on", .flag(true), time: first, labels: labels),
                DecodedReading("mode", .text("RUN"), time: first, labels: labels),
            ])
        #expect(decoded.readings.dropFirst(3).map(\.metric) == ["on", "mode", "mode"])
        #expect(
            decoded.problems == [
                "line 7: 'temp': expected a number", "line 7: 'on': expected true or false",
                "line 8: 'time': expected a time in rfc3339",
                "line 9: expected 6 columns, not 2",
                "line 10: expected no '\"' inside a field without quotes at byte 232",
            ])
    }

    @Test func givenNamesAndPlaces() throws {
        let named = try CSVLayout(
            header: .names(["a", "t", "b"]),
            columns: [CSVColumn("b", .metric(unit: nil)), CSVColumn("t", .time(.seconds))])
        let decoded = try Self.decode(named, "1,1700000000.5,3\n1,2\n")
        #expect(
            decoded.readings == [
                DecodedReading(
                    "b", .number(Number(3)), time: Timestamp(microseconds: 1_700_000_000_500_000))
            ])
        #expect(decoded.problems == ["line 2: expected 3 columns, not 2"])
        let placed = try CSVLayout(
            delimiter: UInt8(ascii: "\t"), columns: [CSVColumn("x", at: 1, .metric(unit: nil))])
        #expect(try Self.decode(placed, "a\t5\tb\n").readings.map(\.metric) == ["x"])
        #expect(throws: Undecodable("line 1: expected at least 2 columns, not 1")) {
            try Self.decode(placed, "5")
        }
        #expect(throws: Undecodable("no line of values")) { try Self.decode(placed, "\n") }
    }

    @Test func anEmptyFieldIsNoProblem() throws {
        let layout = try CSVLayout(columns: [CSVColumn("x", at: 0, .metric(unit: nil))])
        #expect(try Self.decode(layout, ",1") == Decoded())
    }

    @Test func aHeaderThatIsNone() throws {
        let layout = try CSVLayout(
            header: .firstLine, columns: [CSVColumn("x", .metric(unit: nil))])
        for text in ["", "y,z\n1,2", "\"x\n1"] {
            #expect(throws: Undecodable.self) { try Self.decode(layout, text) }
        }
    }

    @Test func layoutsThatCannotBeMeant() {
        let value = CSVColumn("x", at: 0, .metric(unit: nil))
        let time = CSVColumn("t", at: 1, .time(.seconds))
        let wrong: [() throws -> CSVLayout] = [
            { try CSVLayout(delimiter: UInt8(ascii: "\""), columns: [value]) },
            { try CSVLayout(delimiter: UInt8(ascii: "\n"), columns: [value]) },
            { try CSVLayout(delimiter: 0xff, columns: [value]) },
            { try CSVLayout(columns: []) }, { try CSVLayout(columns: [time]) },
            { try CSVLayout(columns: [value, value]) },
            { try CSVLayout(columns: [value, time, CSVColumn("u", at: 2, .time(.seconds))]) },
            { try CSVLayout(columns: [CSVColumn("x", .metric(unit: nil))]) },
            { try CSVLayout(columns: [CSVColumn("x", at: -1, .metric(unit: nil))]) },
            { try CSVLayout(columns: [CSVColumn("", at: 1, .metric(unit: nil))]) },
            {
                try CSVLayout(
                    header: .names(["y"]), columns: [CSVColumn("x", .metric(unit: nil))])
            },
        ]
        for make in wrong { #expect(throws: CSVLayout.Malformed.self) { try make() } }
    }
}
