import Testing

/// Numbers, units and times in texts of which nobody has said what they are.
@Suite struct RecognisedTextTests {
    @Test(arguments: [
        (#""12.3 gal/min""#, "x=12.3 gal/min"), (#""0.12 µSv/h""#, "x=0.12 µSv/h"),
        (#""3.1 mH2O""#, "x=3.1 mH2O"), (#""12.5V""#, "x=12.5 V"), (#""45%""#, "x=45 %"),
        (#""230V""#, "x=230 V"),
        (#""21 C""#, "x=21 C"), (#""12kWh""#, "x=12 kWh"), (#""1.5e3""#, "x=1500"),
        (#""1E-3""#, "x=0.001"), (#""[215]""#, "x=215"),
        // One letter beside digits, and digits of bytes, are no quantity.
        (#""2A""#, ""), (#""5F""#, ""), (#""12h""#, ""), (#""12E4""#, ""), (#""10 AM""#, ""),
        (#""12 Main Street""#, ""), (#""2024-05-08 10:00""#, ""),
    ])
    func numbers(text: String, expected: String) {
        let readings = described("{\"x\":\(text),\"y\":1}").readings
        #expect(readings == [expected, "y=1"].filter { !$0.isEmpty })
    }

    @Test(arguments: [
        #""pdin":{"data":"1234"}"#, #""data":"25""#, #""room":"2""#, #""slot":"4C""#,
        #""color":"102,0""#, #""latlng":"54.6,25.2""#, #""id":"3 B1""#, #""name":"2 Zone""#,
        #""status":"0 okay""#, #""model":"12""#,
    ])
    func names(member: String) {
        #expect(described("{\(member),\"y\":1}").readings == ["y=1"])
    }

    @Test(arguments: ["21,5", "-3,25 °C", "NaN", "inf"])
    func numbersToPeople(text: String) {
        let found = described("{\"x\":\"\(text)\",\"y\":1}")
        #expect(found.readings == ["y=1"])
        #expect(found.problems == "x: the text '\(text)' is no number")
    }

    @Test(arguments: [
        #"{"time":"2024-05-08T19:04:55+0200","x":1}"#, #"{"tst":1715187895,"x":1}"#,
        #"{"sentOn":1715187895000,"x":1}"#, #"{"sysTimestamp":"2024-05-08T17:04:55Z","x":1}"#,
        #"{"time":{"$date":"2024-05-08T17:04:55Z"},"x":1}"#,
        #"{"time":{"$date":{"$numberLong":"1715187895000"}},"x":1}"#,
        #"{"TimeInstant":"2024-05-08T17:04:55.000Z","x":1}"#,
        #"{"readingTime":1715187895,"x":1}"#, #"{"enqueuedTime":"2024-05-08T17:04:55Z","x":1}"#,
        #"{"ts":1715187895,"time":1715187900,"x":1}"#,
        #"{"x":1,"header":{"timestamp":1715187895}}"#,
        #"{"Head":{"Timestamp":"2024-05-08T19:04:55+02:00"},"x":1}"#,
    ])
    func times(payload: String) {
        #expect(described(payload).readings == ["x=1 @1715187895000"])
    }

    @Test(arguments: [
        ("\u{feff}{\"x\":1}", ["x=1"]), ("\u{feff}21.5", ["t=21.5"]), ("\"21.5\"", ["t=21.5"]),
        ("\"21.5 bar\"", ["t=21.5 bar"]),
        // The lines' times are of this century.
        ("m,a=b x=1 1715187895", ["m.x{a=b}=1 @1715187895000"]),
        ("m x=1 1715187895123", ["m.x=1 @1715187895123"]),
        ("m x=1 1715187895123000000", ["m.x=1 @1715187895123"]),
    ])
    func wholePayloads(payload: String, expected: [String]) {
        #expect(described(payload, topic: "a/t").readings == expected)
    }

    @Test(arguments: [
        (#"[{"n":"label","vs":"Machine Room"}]"#, "'label' is a text"),
        ("m,host=a status=\"up\" 1715187895000000000", "'m.status' is a text"),
        (#"{"state":"RUN"}"#, "no number in it"),
    ])
    func textsAlone(payload: String, reason: String) {
        let found = described(payload)
        #expect(found.readings.isEmpty)
        #expect(found.problems.hasPrefix(reason), "\(found.problems)")
    }

    @Test func messagePackThatIsCBORToo() {
        #expect(described(hex("82 a1 31 00 a1 32 01"), topic: "a").readings == ["1=0", "2=1"])
        // {-11: 0} and {-12: 1} in a list: as keys of MessagePack, signs.
        #expect(
            described(hex("82 a1 2a 00 a1 2b 01"), topic: "a").readings == [
                "[0].-11=0", "[1].-12=1",
            ])
    }
}
