internal import Core

extension FuzzTarget {
    /// A byte for the format, then a payload as a device sends it.
    static let payload = FuzzTarget("payload", seeds: payloadSeeds) { bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let format = formats[input.choice(formats.count)]
        let payload = input.rest()
        var reader = PayloadReader(format)
        var values: [PayloadReader.Value] = []
        let time: Timestamp?
        do throws(Undecodable) {
            time = try reader.read(payload.span, into: &values)
        } catch {
            try require(!error.description.isEmpty, "no reason")
            return
        }
        try require(!values.isEmpty, "taken, and without a value")
        for value in values {
            try check(value.number)
            if case .json(let fields, _) = format {
                try require(fields.indices.contains(value.field), "field \(value.field)")
            }
        }
        try require(
            Set(values.map(\.field)).count == values.count, "a field twice: \(values)")
        if let time {
            try require(time >= .epoch && time <= .latest, "a time of \(time.microseconds) us")
        }
        if case .json = format {
            try require(ReferenceJSON.accepts(payload), "taken, and no JSON")
        }
    }

    private static let formats: [PayloadFormat] = {
        func path(_ text: String) -> JSONPath { try! JSONPath(text) }
        let times = TimestampFormat.allCases.map { format in
            PayloadFormat.json(
                fields: [path("$.value")], time: .init(path: path("$.ts"), format: format))
        }
        let several = PayloadFormat.json(
            fields: ["$", "$.a", "$.a[1].b", "$['odd name']", "$[0]", "$.a.b.c"].map(path),
            time: nil)
        return [.number, several] + times
    }()

    static func check(_ number: Number) throws(Violation) {
        try require(number.double.isFinite, "a number that is not finite")
        try require(number.double.magnitude <= Number.largest * 1.000_001, "\(number) is too large")
        let again = Number(parsing: Array("\(number)".utf8).span)
        // Without its zeros a decimal is divided by another power of ten.
        try require(
            again.map { isNear($0.double, number.double) } == true,
            "\(number) reads back as \(again as Any)")
    }

    private static var payloadSeeds: [FuzzSeed] {
        func seed(_ name: String, _ format: UInt8, _ text: String) -> FuzzSeed {
            FuzzSeed(name, [format] + Array(text.utf8))
        }
        return [
            seed("number", 0, "23.45"), seed("number-spaces", 0, " -1e3\r\n"),
            seed("number-long", 0, "0.1000000000000000055511151231257827021181583404541015625"),
            seed("number-nan", 0, "NaN"), seed("number-empty", 0, ""),
            seed("scalar", 1, "7"), seed("several", 1, #"{"a":[{},{"b":"1.5"}],"odd name":true}"#),
            seed("array", 1, "[false,1,null]"), seed("nested", 1, #"{"a":{"b":{"c":-0.0}}}"#),
            seed("twice", 1, #"{"a":1,"a":{"b":2},"a":3}"#),
            seed("escaped-key", 1, #"{"\u0061":12,"odd\u0020name":1}"#),
            seed("surrogates", 1, #"{"\ud83d\ude00":"\ud800","a":1}"#),
            seed("deep", 1, String(repeating: "[", count: 64) + String(repeating: "]", count: 64)),
            seed("too-deep", 1, String(repeating: "[", count: 300)),
            seed("s", 2, #"{"ts":1763932774.25,"value":20.5}"#),
            seed("ms", 3, #"{"ts":1763932774123,"value":20.5}"#),
            seed("us", 4, #"{"value":1,"ts":"1763932774123456"}"#),
            seed("ns", 5, #"{"value":1e2,"ts":1763932774123456789}"#),
            seed("rfc3339", 6, #"{"ts":"2025-11-23T21:19:34.5+01:00","value":"3.25"}"#),
            seed("rfc3339-leap", 6, #"{"ts":"2016-12-31T23:59:60Z","value":1}"#),
            seed("year-9999", 6, #"{"ts":"9999-12-31T23:59:59.999999Z","value":1}"#),
            seed("year-1970", 2, #"{"ts":0,"value":1}"#),
            seed("time-null", 3, #"{"ts":null,"value":1}"#),
            seed("value-object", 3, #"{"ts":1,"value":{"x":1}}"#),
            FuzzSeed("invalid-utf8", [1] + Array(#"{"a":""#.utf8) + [0xc3, 0x28, 0x22, 0x7d]),
            FuzzSeed("bom", [1, 0xef, 0xbb, 0xbf] + Array("[1]".utf8)),
            FuzzSeed("utf16", [1, 0x5b, 0, 0x31, 0, 0x5d, 0]),
            seed("nul", 1, "[1\u{0}]"),
            // What home automation devices send, written by hand after their manuals.
            seed(
                "zigbee", 3, #"{"value":63.8,"battery":100,"linkquality":102,"ts":1700000000000}"#),
            seed("tasmota", 6, #"{"ts":"2024-05-08T19:04:55","ENERGY":{"Power":0},"value":1}"#),
        ]
    }
}
