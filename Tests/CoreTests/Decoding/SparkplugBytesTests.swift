import Simulator
import Testing

@testable import Core

/// Bytes from anyone, and how much of them is kept.
@Suite struct SparkplugBytesTests {
    private typealias Sample = SparkplugSample

    @Test(arguments: [
        ("spBv1.0/G/NBIRTH/N", true), ("spBv1.0/G/DDATA/N/D", true), ("STATE/h", true),
        ("spBv1.0/STATE/h", true), ("spBv1.0/G/NBIRTH/N/D", false), ("spBv1.0/G/DDATA/N", false),
        ("spBv1.0/G/XDATA/N", false), ("spBv1.0/G/NDATA/", false), ("spBv1.0//NDATA/N", false),
        ("spAv1.0/G/NDATA/N", false), ("spBv1.0/G/DDATA/N/D/E", false), ("", false),
        ("spBv1.0/G", false), ("STATE/h/x", false),
    ])
    func topics(topic: String, isSparkplug: Bool) {
        #expect((SparkplugTopic(Array(topic.utf8).span) != nil) == isSparkplug)
    }

    @Test func whatIsNoPayloadSaysWhere() {
        let group = [UInt8](repeating: 0x33, count: 40)
        let cases: [([UInt8], String)] = [
            ([0x08], "the rest of a varint at byte 1"), ([0x00, 0], "a field number at byte 0"),
            ([0x0f], "a wire type at byte 0"),
            ([0x12, 5, 1], "a length of at most 1, not 5, at byte 1"),
            ([0x12, 2, 0x0a, 4, 0x41], "a length of at most 0, not 4, at byte 3"),
            ([0x12, 3, 0x0a, 1, 0xff], "UTF-8 at byte 2"),
            ([0x12, 3, 0x61, 1, 2], "field 12 as fixed32, not fixed64, at byte 2"),
            (
                [0x08] + [UInt8](repeating: 0xff, count: 10),
                "a varint of at most 64 bits at byte 10"
            ),
            ([0x34], "a field, not the end of a group, at byte 0"),
            ([0x33, 0x34, 0x33], "the end of group 6 at byte 3"),
            (group, "at most 32 levels at byte 32"),
        ]
        for (bytes, expected) in cases {
            #expect(throws: Undecodable("not Sparkplug: expected \(expected)")) {
                try SparkplugPayload(bytes.span)
            }
        }
    }

    @Test func unknownFieldsAreSkipped() throws {
        let group: [UInt8] = [0x33, 0x3b, 0x08, 1, 0x3c, 0x34]
        let metric = Sample.metric("M").double(13, 1).varint(99, 1).double(98, 2).float(97, 1)
        let payload = Sample.payload(seq: 0, [metric]) + Sample().text(96, "x").bytes + group
        #expect(try SparkplugPayload(payload.span).metrics.map(\.name) == ["M"])
    }

    @Test func whatIsKeptIsLimited() throws {
        var limits = SparkplugLimits()
        (limits.nodes, limits.devices, limits.metrics) = (2, 1, 3)
        (limits.nameLength, limits.problems) = (8, 2)
        var scene = SparkplugScene(limits: limits)
        let one = Sample.payload(seq: 0, [Sample.metric("A", alias: 1, .double).double(13, 1)])
        let asking = Sample.payload(
            seq: 1, (5..<10).map { Sample.metric(alias: $0).double(13, 1) })
        _ = try scene.send("NBIRTH/1", one)
        _ = try scene.send("NBIRTH/2", one)
        let third = try scene.send("NBIRTH/3", one)
        #expect(third.decoded.readings.count == 1)
        #expect(third.decoded.problems == ["not kept: more than 2 edge nodes"])
        #expect(try scene.send("NDATA/3", asking).rebirthRequest == nil)
        let data = try scene.send("NDATA/2", asking)
        #expect(data.decoded.problems.last == "and 3 problems more")
        #expect(data.decoded.problems.count == 3 && data.rebirthRequest != nil)

        let two = [
            Sample.metric("A", alias: 1, .double).double(13, 1),
            Sample.metric("B", alias: 2, .double).double(13, 1),
        ]
        let device = try scene.send("DBIRTH/1/D", Sample.payload(seq: 1, two))
        #expect(device.decoded.readings.count == 2)
        #expect(device.decoded.problems == ["not kept: more than 3 metrics"])
        let partial = Sample.payload(seq: 2, [Sample.metric(alias: 2).double(13, 1)])
        #expect(try scene.send("DDATA/1/D", partial).rebirthRequest == nil)
        _ = try scene.send("DBIRTH/1/E", Sample.payload(seq: 3, []))
        #expect(try scene.send("DDATA/1/E", Sample.payload(seq: 4, [])).rebirthRequest == nil)
        #expect(scene.state.deviceCount == 1 && scene.state.metricCount == 3)

        let long = Sample.payload(seq: 0, [Sample.metric("LongerThan8", .double).double(13, 1)])
        let outcome = try scene.send("NBIRTH/2", long)
        #expect(outcome.decoded.readings.isEmpty)
        #expect(outcome.decoded.problems == ["LongerThan8...: a name of more than 8 bytes"])
        #expect(throws: Undecodable.self) { try scene.send("NBIRTH/LongerThan8", one) }
    }

    @Test func namesAndAliasesBelongToOneMetric() throws {
        var scene = SparkplugScene()
        let metrics = [
            Sample.metric("A", alias: 1, .double).double(13, 1),
            Sample.metric("B", alias: 1, .double).double(13, 2),
            Sample.metric("A", alias: 3, .double).double(13, 3),
        ]
        let outcome = try scene.send("NBIRTH/N", Sample.payload(seq: 0, metrics))
        #expect(outcome.decoded.readings.map(\.metric) == ["A", "B", "A"])
        #expect(outcome.decoded.problems == ["B: its alias 1 is A's", "A: twice in a birth"])
        #expect(try scene.say(seq: 1).decoded.readings.map(\.metric) == ["A"])
    }

    @Test func aStateReadsBackAsItIs() throws {
        var scene = SparkplugScene()
        _ = try scene.bear(seq: 255, bdSeq: 7)
        let birth = Sample.metric("é/P", alias: .max, .int8).varint(10, 5)
        _ = try scene.send("DBIRTH/N/D", Sample.payload(seq: 0, [birth, Sample.metric("Q")]))
        _ = try scene.send("DBIRTH/M/D", Sample.payload(seq: 0, [birth]))
        _ = try scene.send("NBIRTH/O", Sample().text(4, "SPBV1.0_COMPRESSED").block(5, []).bytes)
        let bytes = encoded(scene.state)
        var reader = ByteReader(bytes)
        let state = try SparkplugState(from: &reader)
        try reader.expectEnd()
        #expect(state == scene.state)
        #expect(encoded(state) == bytes)
        scene.state = state
        let data = Sample.metric(alias: .max).varint(10, 251)
        let outcome = try scene.send("DDATA/N/D", Sample.payload(seq: 1, [data]))
        #expect(outcome.decoded.readings.map(\.metric) == ["é/P"])
        #expect(outcome.rebirthRequest == nil)
        for length in 0..<bytes.count {
            var reader = ByteReader(Array(bytes.prefix(length)))
            #expect(throws: FormatError.self) { try SparkplugState(from: &reader) }
        }
    }

    @Test func nothingThatIsSentMakesItFail() throws {
        var generator = SplitMix(seed: .random(in: 0...999_999))
        var scene = SparkplugScene()
        let unit = Sample().varint(1, 12).text(8, "Cel")
        let whole = Sample.payload(
            seq: 0,
            [
                Sample.metric("T", alias: 1, .double).double(13, 1).property("engUnit", unit),
                Sample.metric("I", alias: 2, .int8).varint(10, 251),
                Sample.metric("S", alias: 3, .string).text(15, "RUN"),
            ])
        for _ in 0..<5_000 {
            var payload = whole
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                payload[Int.random(in: payload.indices, using: &generator)] =
                    .random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) {
                payload = payload.map { _ in .random(in: 0...255, using: &generator) }
            }
            for topic in ["NBIRTH/N", "DBIRTH/N/D", "NDATA/N", "DDATA/N/D", "NDEATH/N"] {
                _ = try? scene.send(topic, payload)
            }
        }
        var reader = ByteReader(encoded(scene.state))
        #expect(try SparkplugState(from: &reader) == scene.state)
    }

    private func encoded(_ state: SparkplugState) -> [UInt8] {
        var writer = ByteWriter()
        state.encode(into: &writer)
        return writer.bytes
    }
}
