internal import Core

extension FuzzTarget {
    /// A line of a log.
    static let logs = FuzzTarget("logs", maximumLength: 20_000, seeds: logSeeds) {
        bytes throws(Violation) in
        guard let line = try? LogDecoder.decode(bytes.span) else {
            try require(bytes.allSatisfy { $0 <= 0x20 }, "a line that is not empty is refused")
            return
        }
        try require((try? LogDecoder.decode(bytes.span)) == line, "read twice, and not the same")
        // A replacement has three bytes where there was one.
        try require(line.message.utf8.count <= 3 * 8_192, "\(line.message.utf8.count) bytes")
        try require(line.fields.count <= 70, "\(line.fields.count) fields")
        for text in [line.host, line.app].compactMap({ $0 }) + line.fields.map(\.name) {
            try require(text.utf8.count <= 3 * 512, "a name of \(text.utf8.count) bytes")
        }
        if String(validating: bytes, as: UTF8.self) == nil, bytes.count < 1_000 {
            let texts = [line.message, line.host, line.app].compactMap { $0 }
            let isReplaced = (texts + line.fields.map(\.value)).contains {
                $0.unicodeScalars.contains("\u{fffd}")
            }
            try require(!isReplaced || line.isDamaged, "replaced, and not flagged")
        }
        if let time = line.time {
            try require(time >= .epoch && time <= .latest, "\(time.microseconds) us")
        }
        let record = line.record(arrival: .epoch, source: "s")
        try require(record.level <= 6, "level \(record.level)")
        try require(record.time == line.time ?? .epoch, "another time")
    }

    private static var logSeeds: [FuzzSeed] {
        [
            FuzzSeed(
                "rfc5424",
                "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u{feff}'su' ö"),
            FuzzSeed(
                "rfc5424-data",
                #"<165>1 - - - - - [a@1 b="\"c\" \\ \]" d="e"][f@2] An event"#),
            FuzzSeed("rfc5424-open", #"<165>1 - h a p m [a@1 b="c"#),
            FuzzSeed("rfc3164", "<34>Oct 11 22:14:15 mymachine su[12]: 'su root' failed\n"),
            FuzzSeed("rfc3164-tag", "<13>Feb  5 17:32:18 app: x"), FuzzSeed("bare", "<0>"),
            FuzzSeed("priority", "<192>1 x"),
            FuzzSeed(
                "json",
                #"{"level":"warn","ts":1700000000.25,"msg":"a\u0000b\ud800","err":"e","code":5}"#),
            FuzzSeed("json-pino", #"{"level":50,"time":1700000000123,"hostname":"h","msg":"x"}"#),
            FuzzSeed("json-cut", #"{"level":"#),
            FuzzSeed("plain", "2026-11-23T21:19:34Z [WARN] no answer"),
            FuzzSeed("plain-words", "2026-11-23 21:19:34+01:00 ERROR: x"),
            FuzzSeed("esp", "E (4711) wifi: no answer\n"), FuzzSeed("empty", " \0\n"),
            FuzzSeed("not-utf8", Array("WARN ".utf8) + [0xff, 0xfe, 0x41]),
            FuzzSeed("long", String(repeating: "ä", count: 5_000)),
        ]
    }
}
