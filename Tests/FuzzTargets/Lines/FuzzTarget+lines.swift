internal import Core

extension FuzzTarget {
    /// A byte for the format, then a payload of lines.
    static let lines = FuzzTarget("lines", seeds: lineSeeds) { bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let choice = input.choice(12)
        let payload = input.rest()
        guard let decoded = try? decode(choice, payload) else { return }
        try checkDecoded(decoded, of: payload)
        try require((try? decode(choice, payload)) == decoded, "read twice, and not the same")
        // A line of its own at the end costs the others nothing.
        guard choice < 5, let last = payload.last, last == UInt8(ascii: "\n"),
            !payload.contains(UInt8(ascii: "\"")),
            let more = try? decode(choice, payload + Array("m f=1\n".utf8))
        else { return }
        try require(more.readings.starts(with: decoded.readings), "another line changed these")
        try require(
            more.readings.count == decoded.readings.count + 1, "a line in order was not read")
    }

    private static func decode(_ choice: Int, _ payload: [UInt8]) throws -> Decoded {
        switch choice {
        case 0..<5:
            let precisions = TimestampFormat.allCases
            return try InfluxLine.decode(payload.span, precision: precisions[choice])
        case 5: return try UltraLight.decode(payload.span)
        case 6: return try Collectd.decode(payload.span, metric: "m")
        case 7: return try SmartREST.decode(payload.span)
        default: return try CSVLine(layouts[choice - 8]).decode(payload.span)
        }
    }

    /// What holds of everything that is decoded from outside.
    static func checkDecoded(_ decoded: Decoded, of payload: [UInt8]) throws(Violation) {
        try require(decoded.readings.count <= payload.count, "more readings than bytes")
        for reading in decoded.readings {
            try require(!reading.metric.isEmpty, "a reading without a name")
            try require(reading.metric.utf8.count <= 600, "a name of \(reading.metric.utf8.count)")
            if case .number(let number) = reading.value { try check(number) }
            if let time = reading.time {
                try require(time >= .epoch && time <= .latest, "\(time.microseconds) us")
            }
        }
        for problem in decoded.problems {
            try require(problem.utf8.count < 1_000, "a problem of \(problem.utf8.count) bytes")
        }
    }

    private static let layouts: [CSVLayout] = {
        let columns = [
            CSVColumn("t", at: 0, .time(.seconds)), CSVColumn("l", at: 1, .label),
            CSVColumn("x", at: 2, .metric(unit: "C")), CSVColumn("f", at: 3, .flag),
        ]
        let named = [CSVColumn("x", .metric(unit: nil)), CSVColumn("s", .state)]
        return [
            try! CSVLayout(columns: columns),
            try! CSVLayout(
                delimiter: UInt8(ascii: ";"), header: .firstLine, columns: named, comment: "#"),
            try! CSVLayout(header: .names(["s", "x"]), columns: named, comment: "//"),
            try! CSVLayout(
                delimiter: UInt8(ascii: "\t"), columns: [CSVColumn("s", at: 0, .state)]),
        ]
    }()

    private static var lineSeeds: [FuzzSeed] {
        func seed(_ name: String, _ format: UInt8, _ text: String) -> FuzzSeed {
            FuzzSeed(name, [format] + Array(text.utf8))
        }
        return [
            seed("influx", 3, "weather,location=us-midwest temperature=82 1465839830100400200\n"),
            seed(
                "influx-escapes", 3,
                #"my\ pump,site=plant\,1,line=a\=b rpm=1450i,ok=t,l="a \"q\" \\, =",t=-1.5e2 17"#),
            seed("influx-seconds", 0, "# c\r\na f=1u,g=.5,h=5. 1700000000\r\n\nb f=F\n"),
            seed("influx-date", 4, "a f=1 2026-11-23T21:19:34Z"),
            seed("influx-open", 3, "a f=\"1\nb f=2\nc f=\"3\nd\" 5\n"),
            seed("influx-beyond", 2, "a f=9223372036854775808i,g=-1u,h=1e61,i=1\n"),
            seed("ultralight", 5, "t|15|k|abc"),
            seed("ultralight-groups", 5, "2016-06-13T00:35:30Z|lle|100#t|1|u|true#x#|5\n"),
            seed("collectd", 6, "1456491063.532:98.250000\0"), seed("collectd-now", 6, "N:1:U:x"),
            seed("smartrest", 7, "200,c8y_Temperature,T,25,C,2013-06-22T17:03:14.000+02:00\n"),
            seed("smartrest-rows", 7, "211,25\r\n212,95,\n\"200\",\"a \"\"b\",s,1,,\n400,x"),
            seed("csv", 8, "1700000000,a,1.5,TRUE\n\n1700000001,\"b\n\"\"c\",,0\n"),
            seed("csv-header", 9, "\u{feff}# c\r\nx;s\r\n1;RUN\r\n 2 ;\"a;b\"\r\n3\r\nx;y\r\n"),
            seed("csv-names", 10, "//\nRUN,1\nSTOP,2\"\n\"open,1\n\"a\"b,2"),
            seed("csv-tab", 11, "a\tb\n\t\n"),
            FuzzSeed("not-utf8", [3] + Array("m f=\"".utf8) + [0xc3, 0x28] + Array("\"\n".utf8)),
        ]
    }
}
