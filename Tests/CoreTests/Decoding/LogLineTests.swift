import Core
import Testing

@Suite struct LogLineTests {
    private static func decode(_ text: String) throws -> LogLine {
        try LogDecoder.decode(Array(text.utf8).span)
    }

    /// RFC 5424, section 6.5.
    @Test func theStandardsExamples() throws {
        #expect(
            try Self.decode(
                "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u{feff}'su root'"
                    + " failed for lonvick on /dev/pts/8")
                == LogLine(
                    time: Timestamp(microseconds: 1_065_910_455_003_000), severity: .critical,
                    host: "mymachine.example.com", app: "su",
                    message: "'su root' failed for lonvick on /dev/pts/8",
                    fields: [.init("msgid", "ID47")]))
        let second = try Self.decode(
            "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to "
                + "make the do-nuts.")
        #expect(second.severity == .notice)
        #expect(second.time?.description == "2003-08-24T12:14:15.000003Z")
        #expect(second.fields == [.init("procid", "8710")])
        let fourth = try Self.decode(
            "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 "
                + #"[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"]"#
                + #"[examplePriority@32473 class="high"]"#)
        #expect(fourth.message == "")
        #expect(
            fourth.fields == [
                .init("msgid", "ID47"), .init("exampleSDID@32473.iut", "3"),
                .init("exampleSDID@32473.eventSource", "Application"),
                .init("exampleSDID@32473.eventID", "1011"),
                .init("examplePriority@32473.class", "high"),
            ])
        let escaped = try Self.decode(#"<7>1 - - - - - [a b="\"c\" \\ \] \n"] m"#)
        #expect(escaped.fields == [.init("a.b", #""c" \ ] \n"#)])
        #expect(escaped == LogLine(severity: .debug, message: "m", fields: escaped.fields))
    }

    @Test(arguments: [
        #"[a b="c""#, #"[a b=c]"#, #"[a b"#, #"[]"#, #"[a b="]"] x"#, #"[a b="c"]x"#, "-x",
    ])
    func malformedDataAreTheMessage(data: String) throws {
        let line = try Self.decode("<165>1 - h a - - \(data)")
        #expect(line == LogLine(severity: .notice, host: "h", app: "a", message: data))
    }

    /// RFC 3164, section 5.4.
    @Test func bsd() throws {
        let first = try Self.decode(
            "<34>Oct 11 22:14:15 mymachine su[12]: 'su root' failed for lonvick on /dev/pts/8\n\0")
        #expect(
            first
                == LogLine(
                    severity: .critical, host: "mymachine", app: "su",
                    message: "'su root' failed for lonvick on /dev/pts/8",
                    fields: [.init("procid", "12")]))
        #expect(
            try Self.decode("<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!")
                == LogLine(severity: .notice, host: "10.0.0.99", message: "Use the BFG!"))
        #expect(
            try Self.decode("<14>Feb  5 17:32:18 app: x")
                == LogLine(severity: .info, app: "app", message: "x"))
        #expect(
            try Self.decode("<14>2026-11-23T21:19:34Z h app[7]: x")
                == LogLine(
                    time: Timestamp(microseconds: 1_795_468_774_000_000), severity: .info,
                    host: "h", app: "app", message: "x", fields: [.init("procid", "7")]))
        #expect(try Self.decode("<11>hello") == LogLine(severity: .error, message: "hello"))
        #expect(try Self.decode("<11>") == LogLine(severity: .error, message: ""))
        #expect(try Self.decode("<192>1 x").message == "<192>1 x")
    }

    @Test(arguments: [
        (#"{"level":"warn","ts":1700000000.25,"msg":"a\u0000b"}"#, LogSeverity.warning),
        (
            #"{"severity":"ERROR","timestamp":"2023-11-14T22:13:20.25Z","message":"a\u0000b"}"#,
            .error
        ),
        (#"{"lvl":"crit","time":1700000000250,"msg":"a\u0000b"}"#, .critical),
        (#"{"level":30,"time":1700000000250000,"msg":"a\u0000b"}"#, .info),
        (#"{"level":7,"time":"1700000000250000000","short_message":"a\u0000b"}"#, .debug),
        (#"{"level":null,"severity":{"a":1},"ts":1700000000250,"msg":"a\u0000b"}"#, .info),
    ])
    func json(text: String, severity: LogSeverity) throws {
        let line = try Self.decode(text)
        #expect(
            line
                == LogLine(
                    time: Timestamp(microseconds: 1_700_000_000_250_000), severity: severity,
                    message: "a\0b"))
    }

    @Test func jsonsOtherMembers() throws {
        let line = try Self.decode(
            #"{"msg":"m","hostname":"h","logger":"l","err":"e","code":5,"caller":{"x":1}}"#)
        #expect(
            line
                == LogLine(
                    host: "h", app: "l", message: "m",
                    fields: [.init("err", "e"), .init("code", "5")]))
        // No message, or cut off: then it is all text.
        for text in [#"{"level":"warn"}"#, #"{"msg":"#] {
            #expect(try Self.decode(text) == LogLine(message: text))
        }
    }

    @Test(arguments: [
        ("no answer", LogSeverity.info, "no answer"), ("WARN no answer", .warning, "no answer"),
        ("[error]  no answer\r\n", .error, "no answer"),
        ("fatal: no answer", .critical, "no answer"),
        ("[DEBUG]: no answer", .debug, "no answer"), ("error in line", .info, "error in line"),
        ("E (4711) wifi: no answer", .error, "(4711) wifi: no answer"),
        ("I am", .info, "I am"), ("F: 30", .info, "F: 30"), ("ERROR", .error, ""),
        (": x", .info, ": x"), ("[] x", .info, "[] x"),
    ])
    func plain(text: String, severity: LogSeverity, message: String) throws {
        #expect(try Self.decode(text) == LogLine(severity: severity, message: message))
        for time in ["2026-11-23T21:19:34Z", "2026-11-23 22:19:34+01:00"] {
            #expect(
                try Self.decode("\(time) \(text)")
                    == LogLine(
                        time: Timestamp(microseconds: 1_795_468_774_000_000), severity: severity,
                        message: message))
        }
    }

    @Test func whatIsNotUTF8IsReplacedAndFlagged() throws {
        let line = try LogDecoder.decode((Array("WARN a".utf8) + [0xff, 0x62]).span)
        var expected = LogLine(severity: .warning, message: "a\u{fffd}b")
        expected.isDamaged = true
        #expect(line == expected)
        #expect(throws: Undecodable("an empty line")) { try Self.decode(" \n\0") }
    }

    @Test func whatIsTooLongIsCutOffBetweenCharacters() throws {
        let line = try Self.decode("x" + String(repeating: "ä", count: 5_000))
        #expect(line.isDamaged)
        #expect(line.message == "x" + String(repeating: "ä", count: 4_095))
        let noText = [UInt8](repeating: 0x80, count: 10_000)
        #expect(try LogDecoder.decode(noText.span).message.unicodeScalars.count > 8_000)
        let data = (0..<200).map { #"[a b="\#($0)"]"# }.joined()
        #expect(try Self.decode("<1>1 - - - - - \(data)").fields.count == 64)
    }

    @Test func asARecord() throws {
        let now = Timestamp(microseconds: 5)
        let line = LogLine(
            severity: .error, host: "h", app: "a", message: "m",
            fields: [.init("k", "v"), .init("q", "a \"b\"")])
        #expect(
            line.record(arrival: now, source: "topic")
                == LogRecord(time: now, level: 5, source: "h a", message: #"m k=v q="a \"b\"""#))
        #expect(LogLine(message: "m").record(arrival: now, source: "topic").source == "topic")
    }
}
