import Core
import Testing

/// UltraLight, collectd and SmartREST.
@Suite struct ShortLineTests {
    private static func reason(_ body: () throws -> Decoded) -> String {
        do {
            return "\(try body())"
        } catch {
            return "\(error)"
        }
    }

    /// FIWARE's documentation, "Measure Payload Syntax".
    @Test func ultraLightsExamples() throws {
        func decode(_ text: String) throws -> Decoded {
            try UltraLight.decode(Array(text.utf8).span)
        }
        #expect(
            try decode("t|15|k|abc").readings == [
                DecodedReading("t", .number(Number(15))), DecodedReading("k", .text("abc")),
            ])
        #expect(
            try decode("gps|1.2/3.4#t|-1.50#on|true\n").readings == [
                DecodedReading("gps", .text("1.2/3.4")),
                DecodedReading("t", .number(.decimal(mantissa: -150, scale: 2))),
                DecodedReading("on", .flag(true)),
            ])
        let timed = try decode("2016-06-13T00:35:30Z|lle|100#t|1")
        #expect(timed.readings.map(\.time?.description) == ["2016-06-13T00:35:30Z", nil])
        let half = try decode("t|15#k#|5#x|#y|2")
        #expect(half.readings.map(\.metric) == ["t", "y"])
        #expect(
            half.problems == [
                "group 2: expected name|value at byte 5", "group 3: expected a name at byte 7",
                "group 4: expected a value at byte 12",
            ])
        #expect(Self.reason { try decode("a|1|b") }.contains("before them a time or nothing"))
        #expect(Self.reason { try decode(" \0") }.contains("no measure"))
    }

    @Test func collectdsValues() throws {
        func decode(_ text: String, unit: String? = nil) throws -> Decoded {
            try Collectd.decode(Array(text.utf8).span, metric: "if", unit: unit)
        }
        let time = Timestamp(microseconds: 1_456_491_063_532_000)
        #expect(
            try decode("1456491063.532:98.250000\0", unit: "%").readings == [
                DecodedReading(
                    "if", .number(.decimal(mantissa: 98_250_000, scale: 6)), unit: "%", time: time)
            ])
        let pair = try decode("N:12:U\0")
        #expect(pair.readings == [DecodedReading("if[0]", .number(Number(12)))])
        #expect(pair.problems == ["'if[1]' is undefined"])
        for (text, reason) in [
            ("", "expected time:value"), ("1", "expected time:value"), ("x:1", "expected seconds"),
            ("1:nan", "'if' is undefined"), ("1:", "expected a number at byte 2"),
            (String(repeating: ":", count: 100_000), "expected time:value"),
        ] {
            #expect(Self.reason { try decode(text) }.contains(reason), "\(text)")
        }
    }

    /// Cumulocity's documentation, "Measurement templates (2xx)".
    @Test func smartRESTsTemplates() throws {
        func decode(_ text: String) throws -> Decoded {
            try SmartREST.decode(Array(text.utf8).span)
        }
        #expect(
            try decode("200,c8y_Temperature,T,25").readings == [
                DecodedReading("c8y_Temperature.T", .number(Number(25)))
            ])
        let rows = try decode(
            """
            200,c8y_Voltage,"a ""b"", c",-0.5,V,2013-06-22T17:03:14.000+02:00\r
            211,25,2013-06-22T17:03:14.000+02:00
            212,95
            400,c8y_LocationUpdate
            200,f,s,x
            211,1,tomorrow
            200,f,s,5,,
            """)
        let time = "2013-06-22T15:03:14Z"
        #expect(
            rows.readings.map(\.metric) == [
                "c8y_Voltage.a \"b\", c", "c8y_TemperatureMeasurement.T", "c8y_Battery.level",
                "f.s",
            ])
        #expect(rows.readings.map(\.unit) == ["V", "C", "%", nil])
        #expect(rows.readings.map(\.time?.description) == [time, time, nil, nil])
        #expect(
            rows.problems == [
                "line 4: '400' is none of the templates 200, 211 and 212",
                "line 5: the value of 'f.s' is no number", "line 6: the time is not of RFC 3339",
            ])
        for (text, reason) in [
            ("", "no row"), ("200,a,b", "expected 200,fragment"), ("211", "is no number"),
            ("212,1,,2", "nothing after the time"), ("200,\"a,b,1", "a closing '\"' at byte 4"),
        ] {
            #expect(Self.reason { try decode(text) }.contains(reason), "\(text)")
        }
    }
}
