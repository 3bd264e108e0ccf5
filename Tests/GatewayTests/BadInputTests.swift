import Console
import Core
import Foundation
import Gateway
import SQLite
import Store
import Testing
import Wire

/// What devices send that no device should: each with its outcome, to the sealed batch.
@Suite struct BadInputTests {
    /// Seconds since 1970 at which all of it arrives.
    private static let now: Int64 = 1_763_932_774
    private static let yaml = """
        streams:
          - {name: plain, topic: "plain/{id}", payload: number, window: {size: 10s}}
          - name: text
            topic: text/{id}
            payload: json
            value: $.v
            time: {path: $.t, format: rfc3339}
            window: {size: 10s}
          - name: milli
            topic: milli/{id}
            payload: json
            value: $.v
            time: {path: $.t, format: ms}
            window: {size: 10s}

        """

    struct Case: Sendable, CustomTestStringConvertible {
        let topic: [UInt8]
        let payload: [UInt8]
        let outcome: Outcome

        init(_ topic: String, _ payload: String, _ outcome: Outcome) {
            self.init(Array(topic.utf8), Array(payload.utf8), outcome)
        }

        init(_ topic: [UInt8], _ payload: [UInt8], _ outcome: Outcome) {
            (self.topic, self.payload, self.outcome) = (topic, payload, outcome)
        }

        var testDescription: String {
            String(decoding: topic.prefix(20) + [32] + payload.prefix(60), as: UTF8.self)
        }
    }

    enum Outcome: Hashable, Sendable {
        /// A window that begins so many seconds after 1970.
        case counted(at: Int64)
        /// The same, but the reading's own time was replaced.
        case countedByArrival
        /// A dead letter and a gap, for this reason.
        case undecodable(String)
        case tooLarge
    }

    private static let numbers =
        ["NaN", "nan", "inf", "-Infinity", "1e999", "-1e61", "0x10", "1,5", ""].map {
            Case("plain/1", $0, .undecodable("not a number"))
        }

    private static let values =
        ["NaN", "Infinity", "-Infinity", "+1"].map {
            Case("text/1", #"{"t":"2025-11-23T21:19:34Z","v":\#($0)}"#, .undecodable("not JSON"))
        }
        + ["\"NaN\"", "\"inf\"", "1e999"].map {
            Case(
                "text/1", #"{"t":"2025-11-23T21:19:34Z","v":\#($0)}"#,
                .undecodable("the value at $.v is not a number"))
        }

    private static let times =
        [
            ("1970-01-01T00:00:00Z", .counted(at: 0)),
            ("9999-12-31T23:59:59.999999Z", .countedByArrival),
            ("2025-11-23T21:24:35Z", .countedByArrival),
            ("1969-12-31T23:59:59Z", .undecodable("the time at $.t is not rfc3339")),
            ("0001-01-01T00:00:00Z", .undecodable("the time at $.t is not rfc3339")),
            ("10000-01-01T00:00:00Z", .undecodable("the time at $.t is not rfc3339")),
            ("-001-01-01T00:00:00Z", .undecodable("the time at $.t is not rfc3339")),
            ("9999-12-31T23:59:59-23:59", .undecodable("the time at $.t is not rfc3339")),
            ("2025-02-29T00:00:00Z", .undecodable("the time at $.t is not rfc3339")),
        ].map { (time: String, outcome: Outcome) in
            Case("text/1", #"{"t":"\#(time)","v":1}"#, outcome)
        }
        + [
            ("0", .counted(at: 0)), ("253402300799999", .countedByArrival),
            ("253402300800000", .undecodable("the time at $.t is not ms")),
            ("-1", .undecodable("the time at $.t is not ms")),
            ("9223372036854775807", .undecodable("the time at $.t is not ms")),
            ("9223372036854775808", .undecodable("the time at $.t is not ms")),
            ("1e300", .undecodable("the time at $.t is not ms")),
        ].map { (time: String, outcome: Outcome) in
            Case("milli/1", #"{"t":\#(time),"v":1}"#, outcome)
        }

    private static let bytes = [
        Case(Array("plain/".utf8) + [0xff, 0xfe], [49], .undecodable("the topic is not UTF-8")),
        // Half of a letter, and one from beyond Unicode.
        Case(Array("plain/".utf8) + [0xc3], [49], .undecodable("the topic is not UTF-8")),
        Case(
            Array("plain/".utf8) + [0xf5, 0x80, 0x80, 0x80], [49],
            .undecodable("the topic is not UTF-8")),
        Case(Array("plain/1".utf8), [0xff, 0xfe], .undecodable("not a number")),
        Case(
            Array("milli/1".utf8), Array(#"{"t":0,"v":1,"note":""#.utf8) + [0xff, 0x22, 0x7d],
            .undecodable("expected UTF-8 at byte 21")),
        Case(Array(repeating: 65, count: 65_535), [49], .tooLarge),
        Case(Array("plain/1".utf8), Array(repeating: 49, count: 262_145), .tooLarge),
    ]

    private let scene: IngestScene

    init() throws { scene = try IngestScene() }

    @Test(arguments: numbers + values + times + bytes)
    func hasItsOutcome(_ one: Case) async throws {
        let ingest = try scene.start(Self.yaml)
        let arrival = IngestScene.time(Self.now)
        ingest.received(
            packetID: 1, topic: one.topic.span, payload: one.payload.span, at: arrival)
        // The sensor beside it, before and after.
        ingest.take(2, "plain/well", "20.5", at: Self.now)
        try ingest.commit(at: arrival)
        ingest.caughtUp(at: arrival, uptime: 1_000_000)
        for second in Int64(1)...120 {
            ingest.caughtUp(
                at: arrival + second * 1_000_000, uptime: (1 + second) * 1_000_000)
        }
        try ingest.commit(at: arrival + 120_000_000)
        let records = try await scene.shipped().reduce(into: RecordSet()) { all, set in
            all.gaps += set.gaps
            all.windows += set.windows.filter {
                set.series[Int($0.series)].labels[0].value != "well"
            }
            all.logs += set.logs
        }
        let letters = try await scene.outbox().figures().deadLetters
        #expect(scene.board.current.core.readings == (records.windows.isEmpty ? 1 : 2))
        switch one.outcome {
        case .counted(let second):
            #expect(records.windows.map(\.start) == [IngestScene.time(second / 10 * 10)])
            #expect(records.windows.map(\.flags) == [[]])
            #expect(records.gaps.isEmpty && letters == 0, "\(records.gaps)")
        case .countedByArrival:
            #expect(records.windows.map(\.start) == [IngestScene.time(Self.now / 10 * 10)])
            #expect(records.windows.map(\.quality) == [Quality(.uncertain, .substituted)])
            #expect(records.gaps.isEmpty && letters == 0)
        case .undecodable(let reason):
            #expect(records.windows.isEmpty)
            #expect(records.gaps.map(\.cause) == [.undecodable])
            #expect(records.gaps.allSatisfy { $0.detail.contains(reason) }, "\(records.gaps)")
            #expect(letters == 1)
        case .tooLarge:
            #expect(records.windows.isEmpty)
            #expect(records.gaps.map(\.cause) == [.tooLarge])
            #expect(records.gaps.allSatisfy { $0.subject.utf8.count < 100 })
            #expect(letters == 0)
        }
    }

    /// A sensor that makes up a topic for each message costs a bounded part, and the others
    /// nothing.
    @Test func aSensorOfManyTopics() async throws {
        let ingest = try scene.start(IngestScene.level + "limits: {topics: 1000, series: 500}")
        let total = 1_000_000
        var id: UInt16 = 0
        func take(_ topic: String, _ second: Int64) throws {
            id = id % 65_535 + 1
            ingest.take(id, topic, "1", at: second)
            if ingest.uncommittedMessages >= 2_000 {
                try ingest.commit(at: IngestScene.time(second))
            }
        }
        for number in 0..<total {
            if number % 1_000 == 0 { try take("tank/well", 101) }
            try take("tank/made-up-\(number)", 101)
        }
        try take("tank/well", 125)
        try ingest.commit(at: IngestScene.time(125))
        try scene.finish(ingest)
        let core = scene.board.current.core
        #expect(core.topics == 1_000)
        #expect(core.series == 500)
        let sets = try await scene.shipped()
        let lost = Dictionary(grouping: sets.flatMap(\.gaps), by: \.cause)
            .mapValues { $0.reduce(0) { $0 + $1.count } }
        #expect(lost == [.seriesLimit: 500, .topicLimit: UInt64(total - 999)])
        let well = sets.flatMap { set in
            set.windows.filter { set.series[Int($0.series)].labels[0].value == "well" }
        }
        #expect(well.map { $0.values[0] } == [Number(total / 1_000)])
        // What a refused message leaves is its hash, and little else.
        let store = try Connection(path: "\(scene.directory)/\(StoreFile.name)")
        let bytes = try store.integer("SELECT sum(length(data)) FROM journal")
        let messages = try store.integer("SELECT sum(messages) FROM journal")
        #expect(bytes / messages < 16, "\(bytes) bytes for \(messages) messages")
    }
}
