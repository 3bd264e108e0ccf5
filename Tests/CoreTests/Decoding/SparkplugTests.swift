import Testing

@testable import Core

/// Eclipse Sparkplug 3.0.0, chapters 4 to 6.
@Suite struct SparkplugTests {
    private typealias Sample = SparkplugSample
    private let node = SparkplugNode(group: "G", name: "N")

    @Test func dataByAliasHasTheNameTheTypeAndTheUnitOfTheBirth() throws {
        var scene = SparkplugScene()
        #expect(try scene.bear().decoded.readings.map(\.value) == [.number(number("20.5"))])
        let outcome = try scene.say(seq: 1, 21.25)
        let reading = try #require(outcome.decoded.readings.first)
        #expect(reading.metric == "T")
        #expect(reading.value == .number(number("21.25")))
        #expect(reading.unit == "Cel")
        #expect(reading.time == Timestamp(microseconds: 1_000_000))
        #expect(reading.quality == .good)
        #expect(reading.labels.map(\.description) == ["group=G", "node=N"])
        #expect(outcome.rebirthRequest == nil && outcome.decoded.problems.isEmpty)
    }

    @Test func devicesHaveAliasesOfTheirOwnAndTheNodesSequence() throws {
        var scene = SparkplugScene()
        _ = try scene.bear()
        let birth = Sample.metric("P", alias: 1, .float).float(12, 0.1)
        let first = try scene.send("DBIRTH/N/D", Sample.payload(seq: 1, [birth]))
        #expect(first.decoded.readings.map(\.value) == [.number(number("0.10000000149011612"))])
        let data = Sample.metric(alias: 1).float(12, 2).varint(3, 5)
        let second = try scene.send("DDATA/N/D", Sample.payload(seq: 2, [data]))
        #expect(second.decoded.readings.map(\.metric) == ["P"])
        #expect(second.decoded.readings.first?.time == Timestamp(microseconds: 5_000))
        #expect(
            second.decoded.readings.first?.labels.map(\.description) == [
                "group=G", "node=N", "device=D",
            ])
        #expect(second.rebirthRequest == nil)
        #expect(try scene.say(seq: 3).rebirthRequest == nil)
        let death = try scene.send("DDEATH/N/D", Sample.payload(seq: 4, []))
        #expect(death == SparkplugOutcome())
        let third = try scene.send("DDATA/N/D", Sample.payload(seq: 5, [data]))
        #expect(third.rebirthRequest == node && third.decoded.readings.isEmpty)
        #expect(third.decoded.problems.first == "no birth of device D of G/N")
    }

    @Test func theSequenceWrapsAndAGapAsksForABirth() throws {
        var scene = SparkplugScene()
        _ = try scene.bear(seq: 254)
        for seq: UInt64 in [255, 0, 1] { #expect(try scene.say(seq: seq).rebirthRequest == nil) }
        let gap = try scene.say(seq: 4)
        #expect(gap.rebirthRequest == node)
        #expect(gap.decoded.problems == ["sequence gap: expected 2, got 4"])
        #expect(gap.decoded.readings.count == 1)
        #expect(try scene.say(seq: 5).rebirthRequest == nil)
        #expect(try scene.say(seq: 256).rebirthRequest == node)
    }

    @Test func anUnknownAliasAsksForABirth() throws {
        var scene = SparkplugScene()
        _ = try scene.bear()
        let outcome = try scene.say(seq: 1, alias: 9)
        #expect(outcome.rebirthRequest == node)
        #expect(outcome.decoded.problems == ["alias 9: no birth says whose it is"])
        #expect(outcome.decoded.readings.isEmpty)
    }

    @Test func namesAreReadWithoutABirth() throws {
        var scene = SparkplugScene()
        let metrics = [
            Sample.metric("A", .int32).varint(10, 7), Sample.metric("B").double(13, 1.5),
            Sample.metric("C").varint(10, 7), Sample.metric(alias: 3).double(13, 1),
        ]
        let outcome = try scene.send("NDATA/N", Sample.payload(seq: 7, metrics))
        #expect(outcome.decoded.readings.map(\.metric) == ["A", "B"])
        #expect(outcome.rebirthRequest == node)
        #expect(
            outcome.decoded.problems == [
                "no birth of edge node G/N", "C: an integer whose datatype is not known",
                "alias 3: no birth says whose it is",
            ])
        let device = try scene.send("DDATA/N/D", Sample.payload(seq: 8, []))
        #expect(device.decoded.problems == ["no birth of edge node G/N"])
    }

    @Test func aBirthBeginsAnew() throws {
        var scene = SparkplugScene()
        _ = try scene.bear()
        _ = try scene.send("DBIRTH/N/D", Sample.payload(seq: 1, [Sample.metric("P", alias: 2)]))
        let birth = Sample.metric("T", alias: 2, .double).double(13, 1)
        #expect(try scene.send("NBIRTH/N", Sample.payload(seq: 0, [birth])).rebirthRequest == nil)
        #expect(try scene.say(seq: 1, alias: 2).decoded.readings.map(\.metric) == ["T"])
        #expect(try scene.say(seq: 2).rebirthRequest == node)
        #expect(scene.state.deviceCount == 0 && scene.state.metricCount == 1)
        let data = try scene.send("DDATA/N/D", Sample.payload(seq: 3, []))
        #expect(data.rebirthRequest == node)
    }

    @Test func aDeviceBornBeforeItsNodeIsReadAndTheNodeAskedFor() throws {
        var scene = SparkplugScene()
        let birth = Sample.metric("P", alias: 2, .int8).varint(10, 5)
        let first = try scene.send("DBIRTH/N/D", Sample.payload(seq: 1, [birth]))
        #expect(first.rebirthRequest == node && first.decoded.readings.count == 1)
        let data = Sample.metric(alias: 2).varint(10, 6)
        let second = try scene.send("DDATA/N/D", Sample.payload(seq: 2, [data]))
        #expect(second.rebirthRequest == node && second.decoded.readings.map(\.metric) == ["P"])
    }

    /// With the `bdSeq` of the birth and of the death: whether the edge node is dead then.
    @Test(
        arguments: [
            (nil, nil, true), (3, nil, true), (nil, 3, true), (3, 3, true), (3, 2, false),
            (0, 255, false), (0, 1, true), (300, 299, false), (2, 300, true),
        ] as [(UInt64?, UInt64?, Bool)])
    func aDeathEndsTheSessionUnlessItIsAnOlderOnes(birth: UInt64?, death: UInt64?, isDead: Bool)
        throws
    {
        var scene = SparkplugScene()
        _ = try scene.bear(bdSeq: birth)
        let outcome = try scene.die(bdSeq: death)
        #expect(outcome.decoded.readings.isEmpty && outcome.rebirthRequest == nil)
        #expect(outcome.decoded.problems.isEmpty == isDead)
        #expect(try scene.say(seq: 1).rebirthRequest == (isDead ? node : nil))
    }

    @Test func controlsAndNullsAreNoReadings() throws {
        var scene = SparkplugScene()
        let metrics = [
            Sample.metric("Node Control/Rebirth", alias: 0, .boolean).varint(14, 0),
            Sample.metric("Device Control/Reboot", alias: 4, .boolean).varint(14, 0),
            Sample.metric("N", alias: 5, .double).varint(7, 1),
        ]
        #expect(
            try scene.send("NBIRTH/N", Sample.payload(seq: 0, metrics)) == SparkplugOutcome())
        let data = [
            Sample.metric(alias: 0).varint(14, 1), Sample.metric(alias: 5).varint(7, 1),
        ]
        #expect(try scene.send("NDATA/N", Sample.payload(seq: 1, data)) == SparkplugOutcome())
        for topic in ["NCMD/N", "DCMD/N/D"] {
            #expect(try scene.send(topic, Sample.payload(metrics)) == SparkplugOutcome())
        }
        var state = SparkplugState()
        let host = Array("spBv1.0/STATE/host".utf8)
        #expect(
            try state.decode(topic: host.span, payload: Array("{}".utf8).span)
                == SparkplugOutcome())
    }

    @Test func whatACompressedPayloadHoldsIsNotAskedForAgain() throws {
        var scene = SparkplugScene()
        let birth = Sample().varint(3, 0).text(4, "SPBV1.0_COMPRESSED").block(5, [1, 2])
        let outcome = try scene.send("NBIRTH/N", birth.bytes)
        #expect(outcome.decoded.problems == ["a compressed payload: not read"])
        #expect(try scene.say(seq: 1).rebirthRequest == nil)
    }

    @Test func aRebirthIsACommandThatIsReadAsOne() throws {
        let time = Timestamp(microseconds: 1_700_000_000_123_456)
        let command = SparkplugCommand.rebirth(of: node, at: time)
        #expect(command.topic == "spBv1.0/G/NCMD/N")
        let payload = try SparkplugPayload(command.payload.span)
        #expect(payload.timestamp == 1_700_000_000_123 && payload.sequenceNumber == nil)
        let metric = try #require(payload.metrics.first)
        #expect(metric.name == "Node Control/Rebirth" && payload.metrics.count == 1)
        #expect(try metric.value(as: metric.datatype) == .flag(true))
    }

    private func number(_ text: String) -> Number { Number(parsing: Array(text.utf8).span)! }
}

extension Series.Label {
    fileprivate var description: String { "\(name)=\(value)" }
}
