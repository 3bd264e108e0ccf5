import Testing

@testable import Core

/// Streams whose messages themselves say what they hold.
@Suite struct RecognisedStreamTests {
    private static func plan(
        _ profiles: [DeviceProfile] = [], pattern: String = "#"
    ) throws -> Plan {
        let stream = StreamPlan(
            name: "home", pattern: try TopicPattern(pattern), payload: .recognised(profiles),
            fields: [],
            windows: [
                WindowPlan(
                    .tumbling(size: 10_000_000), aggregates: [.count, .sum], idle: 10_000_000)
            ])
        return Plan(streams: [stream], fusions: [])
    }

    @Test func fieldsAndUnitsComeFromTheMessages() throws {
        var harness = EngineHarness(try Self.plan())
        harness.receive(
            "a/b", #"{"temperature":21.5,"ok":true,"state":"RUN"}"#, at: 1_000)
        harness.receive("a/b", #"{"temperature":22.5,"ok":false}"#, at: 2_000)
        harness.tick(30_000)
        #expect(
            harness.windows == [
                "home.temperature @0 count=2 sum=44", "home.ok @0 count=2 sum=1",
            ])
        #expect(harness.engine.series(0).unit == "Cel")
    }

    /// What topic and message call alike may be two things.
    @Test func labelsOfTopicAndMessage() throws {
        var harness = EngineHarness(try Self.plan(pattern: "{device}/x"))
        harness.receive(
            "a/x", #"[{"device":"a","t":1},{"device":"b","t":2},{"device":"c","t":3}]"#, at: 1_000)
        harness.tick(30_000)
        #expect(
            harness.windows == [
                "home.t{device=a} @0 count=1 sum=1",
                "home.t{device=a,message.device=b} @0 count=1 sum=2",
                "home.t{device=a,message.device=c} @0 count=1 sum=3",
            ])
    }

    @Test func whatIsNoReadingIsKept() throws {
        var harness = EngineHarness(try Self.plan())
        harness.receive("a/b", "RUN", at: 1_000)
        harness.receive("a/b", #"{"x":1,"x":2,"y":3}"#, at: 2_000)
        harness.receive("a/b", #"{"x":null}"#, at: 3_000)
        harness.tick(30_000)
        #expect(harness.windows == ["home.y @0 count=1 sum=3"])
        #expect(harness.engine.tally.undecodable == 2)
        #expect(harness.effects.deadLetters.count == 2)
        #expect(harness.effects.deadLetters[1].reason.hasPrefix("x: comes twice"))
    }

    @Test func namesAndProblemsAreBounded() throws {
        var harness = EngineHarness(try Self.plan())
        let long = String(repeating: "n", count: Decoded.longestNames + 1)
        harness.receive("a/b", "{\"\(long)\":1,\"y\":2}", at: 1_000)
        #expect(harness.engine.seriesCount == 1)
        #expect(harness.effects.deadLetters[0].reason.contains("1 readings with more than"))
        let records = (0..<100).map { "{\"n\":\"\(long)\($0)\",\"vd\":\"x\"}" }
        harness.receive(
            "a/b", "[{\"n\":\"ok\",\"v\":1},\(records.joined(separator: ","))]", at: 2_000)
        harness.receive("a/b", "{\"a\":{\"\(long)\":1e999}}", at: 3_000)
        #expect(harness.effects.deadLetters[1].reason.contains("and 68 problems more"))
        #expect(harness.effects.deadLetters[2].reason.utf8.count < Decoded.longestProblem + 10)
    }

    @Test func labelsTogetherAreBounded() throws {
        func seriesCount(labels count: Int) throws -> Int {
            var harness = EngineHarness(try Self.plan())
            let value = String(repeating: "v", count: 250)
            let labels = (0..<count).map { ",label\($0)s=\(value)" }.joined()
            harness.receive("a/b", "m\(labels) x=1,y=2", at: 1_000)
            return harness.engine.seriesCount
        }
        #expect(try seriesCount(labels: 7) == 2)
        #expect(try seriesCount(labels: 8) == 0)
    }

    @Test func aliasesSurviveARestart() throws {
        let plan = try Self.plan()
        var harness = EngineHarness(plan)
        func send(
            _ payload: [UInt8], _ kind: String, to harness: inout EngineHarness, at time: Int64
        ) {
            let topic = Array("spBv1.0/g/\(kind)/n".utf8)
            let id = harness.engine.find(topic.span) ?? harness.engine.add(topic: topic.span)
            harness.engine.receive(
                topic: id, payload: payload.span, at: EngineHarness.time(time),
                into: &harness.effects)
        }
        // A birth with alias 7 for "t" of type Int32, and data by the alias alone.
        let birth: [UInt8] = [0x12, 9, 0x0a, 1, 0x74, 0x10, 7, 0x20, 3, 0x50, 20, 0x18, 0]
        let data: [UInt8] = [0x12, 4, 0x10, 7, 0x50, 22, 0x18, 1]
        send(birth, "NBIRTH", to: &harness, at: 1_000)
        var copy = try harness.restored(plan)
        send(data, "NDATA", to: &copy, at: 2_000)
        copy.tick(30_000)
        #expect(copy.windows == ["home.t{group=g,node=n} @0 count=2 sum=42"])
        var stranger = EngineHarness(plan)
        send(data, "NDATA", to: &stranger, at: 2_000)
        #expect(stranger.effects.deadLetters.count == 1)
        // What is missing is asked for, and not with every message.
        #expect(stranger.effects.publications.map(\.topic) == ["spBv1.0/g/NCMD/n"])
        send(data, "NDATA", to: &stranger, at: 3_000)
        #expect(stranger.effects.publications.count == 1)
        send(data, "NDATA", to: &stranger, at: 13_000)
        #expect(stranger.effects.publications.count == 2)
    }
}
