import Core
import Testing

@Suite struct InfluxLineTests {
    private static func decode(
        _ text: String, _ precision: TimestampFormat = .nanoseconds
    ) throws -> Decoded {
        try InfluxLine.decode(Array(text.utf8).span, precision: precision)
    }

    /// The reference's own examples, "Line protocol".
    @Test func readsTheReferencesExample() throws {
        let decoded = try Self.decode(
            "myMeasurement,tag1=value1,tag2=value2 fieldKey=\"fieldValue\" 1556813561098000000")
        #expect(decoded.problems.isEmpty)
        #expect(
            decoded.readings == [
                DecodedReading(
                    "myMeasurement.fieldKey", .text("fieldValue"),
                    time: Timestamp(microseconds: 1_556_813_561_098_000),
                    labels: [
                        .init(name: "tag1", value: "value1"), .init(name: "tag2", value: "value2"),
                    ])
            ])
    }

    @Test(arguments: [
        (#"my\ Measurement fieldKey="string value""#, "my Measurement.fieldKey", "string value"),
        (
            #"myMeasurement fieldKey="\"string\" within a string""#, "myMeasurement.fieldKey",
            #""string" within a string"#
        ),
        (#"m f="a\\b\n""#, "m.f", #"a\b\n"#),
        (#"m f="C:\\""#, "m.f", #"C:\"#),
        (#"a\=b\\,x=1 f="",g=1"#, #"a\=b\,x=1"#, ""),
        ("m f=\"two\nlines, x=1 \"", "m.f", "two\nlines, x=1 "),
        ("😀 f\\ \\,\\=\\x=\"ä\"", "😀.f ,=\\x", "ä"),
    ])
    func undoesEscapes(line: String, metric: String, text: String) throws {
        if metric.hasSuffix("x=1") {
            // An escaped comma: no tag, but a name with an equals sign.
            #expect(try Self.decode(line).readings.first?.metric == metric + ".f")
            return
        }
        let reading = try #require(try Self.decode(line).readings.first)
        #expect(reading.metric == metric)
        #expect(reading.value == .text(text))
    }

    @Test(arguments: [
        ("1", "1"), ("1.0", "1"), ("-1.234456e+3", "-1234.456"), (".5", "0.5"), ("-5.", "-5"),
        ("+2", "2"), ("1i", "1"), ("-9223372036854775808i", "-9223372036854775808"),
        ("9223372036854775807i", "9223372036854775807"), ("0u", "0"),
        ("18446744073709551615u", "1.8446744073709552e+19"), ("0.1", "0.1"), ("1E2", "100"),
    ])
    func readsNumbers(text: String, written: String) throws {
        guard case .number(let number) = try Self.decode("m f=\(text)").readings.first?.value
        else {
            Issue.record("no number")
            return
        }
        #expect(number.description == written)
    }

    @Test(arguments: ["t", "T", "true", "True", "TRUE"])
    func readsTruth(text: String) throws {
        #expect(try Self.decode("m f=\(text)").readings.first?.value == .flag(true))
    }

    @Test(arguments: ["f", "F", "false", "False", "FALSE"])
    func readsFalsehood(text: String) throws {
        #expect(try Self.decode("m f=\(text) 1").readings.first?.value == .flag(false))
    }

    @Test(arguments: [
        ("", "no line"), ("# nothing\n\n", "no line"), ("m", "line 1: expected a field at byte 1"),
        ("m f", "line 1: expected '=' after the field at byte 3"),
        ("m f=", "line 1: expected a value at byte 4"), (",t=1 f=1", "expected a measurement"),
        ("m,t f=1", "'=' after the tag"), ("m,t= f=1", "the tag's value"),
        ("m,a=1,a=2 f=1", "no tag twice at byte 6"), ("m f=1 x", "a time in ns at byte 6"),
        ("m f=1 -5", "a time in ns"), ("m f=1 1 2", "nothing after the time"),
        ("m f=1,", "expected a field"), ("m f=\"x", "expected a string with a closing '\"'"),
        ("m f=\"x\"y", "',' or a space"), ("m f=1.2.3", "a value"), ("m f=12ii", "a value"),
        ("m f=i", "a value"), ("m f=-u", "a value"), ("m f=NaN", "a value"),
        ("m f=tRUE", "a value"), ("m f=0x1", "a value"), ("m f=1e", "a value"),
        ("m f=9223372036854775808i", "'f' is beyond"), ("m f=-1u", "'f' is beyond"),
        ("m f=1e61", "'f' is beyond"), ("m,a=b=c f=1", "expected a field"),
    ])
    func refuses(text: String, reason: String) {
        do {
            let decoded = try Self.decode(text)
            Issue.record("\(decoded)")
        } catch {
            #expect("\(error)".contains(reason), "\(error)")
        }
    }

    @Test func aBadLineCostsOnlyItself() throws {
        let decoded = try Self.decode(
            "# head\r\na f=1\r\n  \r\nb f=x\r\n\tc f=3,g=1e99 7\r\nd f=\"open\ne f=5")
        #expect(decoded.readings.map(\.metric) == ["a.f", "c.f", "e.f"])
        #expect(decoded.readings.map(\.time?.microseconds) == [nil, 0, nil])
        #expect(
            decoded.problems == [
                "line 4: expected a value at byte 23",
                "line 5: 'g' is beyond what is counted with",
                "line 6: expected a string with a closing '\"' at byte 47",
            ])
    }

    @Test(arguments: [
        (TimestampFormat.seconds, "1556813561"), (.milliseconds, "1556813561000"),
        (.microseconds, "1556813561000000"), (.nanoseconds, "1556813561000000999"),
    ])
    func theTimesUnitIsGiven(precision: TimestampFormat, time: String) throws {
        let decoded = try Self.decode("m f=1   \(time)  ", precision)
        #expect(decoded.readings.first?.time == Timestamp(microseconds: 1_556_813_561_000_000))
    }

    @Test func notUTF8() {
        for bytes: [UInt8] in [
            Array("m\u{00}".utf8) + [0xff] + Array(" f=1".utf8),
            Array("m f=\"".utf8) + [0xc3] + Array("\"".utf8),
        ] {
            #expect(throws: Undecodable.self) { try InfluxLine.decode(bytes.span) }
        }
    }

    /// What would take the square of the payload's length, in memory or in time.
    @Test(.timeLimit(.minutes(1))) func largePayloadsStaySmall() throws {
        let tags = (0..<100_000).map { ",t\($0)=1" }.joined()
        #expect(throws: Undecodable.self) { try Self.decode("m\(tags) f=1") }
        let name = String(repeating: "m", count: 500_000)
        let fields = String(repeating: ",f=1", count: 100_000)
        #expect(throws: Undecodable.self) { try Self.decode("\(name) f=1\(fields)") }
        let many = try Self.decode("m f=1\(fields)")
        #expect(many.readings.count == 65_536)
        #expect(many.problems == ["34465 readings beyond 65536"])
        for line in ["m f=\"\n", "m f=\"x\"y\n", "m f=\"\\\"\n", "m f=\\\"\n", "\"\n"] {
            let text = String(repeating: line, count: 20_000)
            _ = try? Self.decode(text)
            let columns = try CSVLine(
                CSVLayout(columns: [CSVColumn("a", at: 0, .metric(unit: nil))]))
            _ = try? columns.decode(Array(text.utf8).span)
        }
    }
}
