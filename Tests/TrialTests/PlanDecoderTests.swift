import Core
import Testing
import Trial

@Suite struct PlanDecoderTests {
    /// A stream's own rule has the stream's topic, and so the same captures.
    @Test func whatTopicAndRuleCaptureComesOnce() throws {
        let pattern = try TopicPattern("plant/{line}/data")
        let profile = DeviceProfile(name: "own", rules: [ProfileRule(topics: [pattern])])
        let stream = StreamPlan(
            name: "press", pattern: pattern, payload: .recognised([profile]), fields: [],
            calibrations: [], windows: [])
        var decoder = PlanDecoder(Plan(streams: [stream], fusions: []))
        let decoded = try decoder.decode(
            topic: Array("plant/1/data".utf8), payload: Array(#"{"a":2}"#.utf8).span, now: nil)
        #expect(decoded.readings.map(\.metric) == ["a"])
        #expect(decoded.readings[0].labels == [Series.Label(name: "line", value: "1")])
    }
}
