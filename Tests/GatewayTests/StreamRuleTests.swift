import Gateway
import Testing

@testable import Core

/// A stream's own `rule`: what else is in a profile, for one stream.
@Suite struct StreamRuleTests {
    private func text(_ payload: String) -> String {
        """
        streams:
          - name: press
            topic: plant/{line}/{device}/data
            window: {size: 10s}
            aggregates: [sum]
            payload: \(payload)
        """
    }

    private func sums(_ payload: String, _ message: String) throws -> [String] {
        var engine = Engine(plan: try ConfigurationReader.plan(of: text(payload)))
        var effects = Effects()
        let id = engine.add(topic: Array("plant/1/p-1/data".utf8).span)
        engine.receive(
            topic: id, payload: Array(message.utf8).span,
            at: Timestamp(microseconds: 1_000_000), into: &effects)
        _ = engine.tick(at: Timestamp(microseconds: 60_000_000), into: &effects)
        return effects.windows.map { window in
            let series = engine.series(window.series)
            return "\(series): \(window[.sum]?.description ?? "-")\(series.unit)"
        } + effects.deadLetters.map(\.reason)
    }

    @Test func anArrayOfReadingsByTheirNames() throws {
        let rule = """
            auto
                rule:
                  readings: $.sensors
                  pair: {name: NAME, value: DATA}
                  units: {"t*": °C}
            """
        let message = #"{"id":7,"sensors":[{"NAME":"t1","DATA":20.5},{"NAME":"p","DATA":"1.2"}]}"#
        #expect(
            try sums(rule, message) == [
                "press.t1{line=1,device=p-1}: 20.5Cel", "press.p{line=1,device=p-1}: 1.2",
            ])
        #expect(try sums(rule, #"{"id":7}"#) == ["nothing at $.sensors"])
    }

    @Test func anObjectOfMetricsAndTheirStates() throws {
        let rule = """
            auto
                rule:
                  readings: $.data
                  states: {mode: {STOP: 0, RUN: 2}}
                  skip: [checksum]
            """
        #expect(
            try sums(rule, #"{"data":{"mode":"RUN","checksum":99,"speed":5}}"#) == [
                "press.mode{line=1,device=p-1}: 2", "press.speed{line=1,device=p-1}: 5",
            ])
    }

    @Test(arguments: [
        ("json\n    value: $.v\n    rule: {readings: $.a}", "'payload: auto'"),
        ("auto\n    rule: {reading: $.a}", "reading"),
        ("auto\n    rule: {readings: 'a b'}", "readings"),
        ("auto\n    rule: {states: {mode: {RUN: x}}}", "a whole number"),
    ])
    func aMistakeIsNamed(payload: String, expected: String) {
        #expect {
            _ = try ConfigurationReader.plan(of: text(payload))
        } throws: {
            "\($0)".contains(expected)
        }
    }
}
