import Core
import Testing

@Suite struct PublicationTests {
    private func text(_ publication: Publication) -> String {
        String(decoding: publication.payload, as: UTF8.self)
    }

    private let time = Timestamp(microseconds: 1_763_932_774_123_000)

    @Test func fusedValues() {
        let publication = Publication.fused(
            topic: "tidegate/g/fused/t", time: time, value: .decimal(mantissa: 4_850, scale: 2),
            unit: "Cel", quality: Quality(.uncertain, [.stale, .disagreement]),
            spread: .decimal(mantissa: 5, scale: 1),
            inputs: [
                .init(
                    name: "tc-1", value: .decimal(mantissa: 485, scale: 1), weight: 2.0 / 3,
                    verdict: "used"),
                .init(name: "tc \"2\"", value: nil, weight: 0, verdict: "stale"),
            ])
        #expect(
            text(publication)
                == #"{"ts":1763932774123,"value":48.5,"unit":"Cel","quality":"uncertain","#
                + #""reasons":["stale","disagreement"],"spread":0.5,"inputs":["#
                + #"{"name":"tc-1","value":48.5,"weight":0.6667,"verdict":"used"},"#
                + #"{"name":"tc \"2\"","value":null,"weight":0,"verdict":"stale"}]}"#)
        #expect(!publication.isRetained)
    }

    @Test func alarms() {
        let event = EventRecord(
            kind: .alarm, name: "hot", subject: "temperature{device=tc-1}", state: .active,
            severity: .critical, time: time + 500, value: Number(81), quality: .good,
            detail: "above 80 Cel")
        let publication = Publication.alarm(topic: "a", event: event, unit: "Cel")
        #expect(
            text(publication)
                == #"{"ts":1763932774123.5,"alarm":"hot","series":"temperature{device=tc-1}","#
                + #""state":"active","severity":"critical","value":81,"unit":"Cel","#
                + #""quality":"good","reasons":[],"repeated":false,"detail":"above 80 Cel"}"#)
        #expect(publication.isRetained)
    }

    @Test func windows() {
        let record = WindowRecord(
            series: 3, start: time, end: time + 10_000_000,
            layout: WindowLayout(
                shape: .tumbling(size: 10_000_000), aggregates: [.count, .quantile(9_500), .mean]),
            revision: 2, flags: [.partial], values: [Number(6), Number(7), nil])
        let series = Series(stream: "flow", field: "flow", labels: [], unit: "m3/h")
        #expect(
            text(.window(topic: "w", record, of: series))
                == #"{"ts":1763932784123,"start":1763932774123,"series":"flow","unit":"m3/h","#
                + #""revision":2,"flags":["partial"],"quality":"good","reasons":[],"#
                + #""count":6,"p95":7,"mean":null}"#)
    }

    @Test(arguments: [
        "", "a/+", "a/#", "/a", "a/", "a//b", "$SYS/x", "a/{b", "{a}/{a}", "x{a}/b",
    ])
    func topicsThatCanNotBe(text: String) {
        #expect(throws: TopicPattern.Malformed.self) { try PublicationTopic(text) }
    }

    @Test func topicsAreFilledIn() throws {
        let topic = try PublicationTopic("tidegate/{gateway}/alarm/{name}/{device}")
        #expect(topic.names == ["gateway", "name", "device"])
        let bound = topic.binding("gateway", to: "gateway-1")
        #expect(bound.names == ["name", "device"])
        let values = ["name": "hot", "device": "a/b+#\n\u{80}ü"]
        #expect(bound.topic { values[$0] } == "tidegate/gateway-1/alarm/hot/a-b----ü")
        #expect(bound.topic { _ in nil } == "tidegate/gateway-1/alarm/-/-")
        #expect(bound.topic { _ in "" } == "tidegate/gateway-1/alarm/-/-")
    }

    @Test(arguments: [
        ("tidegate/{gateway}/alarm/{name}", "plant/#", false),
        ("tidegate/{gateway}/alarm/{name}", "#", true),
        ("tidegate/{gateway}/alarm/{name}", "+/+/alarm/{x}", true),
        ("tidegate/{gateway}/alarm/{name}", "tidegate/gateway-1/#", true),
        ("tidegate/{gateway}/alarm/{name}", "tidegate/gateway-2/#", false),
        ("tidegate/{gateway}/alarm/{name}", "tidegate/gateway-1/alarm", false),
        ("plant/{line}/{device}/fused", "plant/{line}/{device}/temperature", false),
        ("plant/{line}/{device}/{name}", "plant/{line}/{device}/temperature", true),
    ])
    func loopsAreFound(topic: String, filter: String, expected: Bool) throws {
        let topic = try PublicationTopic(topic).binding("gateway", to: "gateway-1")
        #expect(try topic.meets(TopicPattern(filter)) == expected)
    }
}
