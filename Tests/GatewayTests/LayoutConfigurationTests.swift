import Gateway
import Testing

@testable import Core

/// Streams whose payloads have a fixed layout.
@Suite struct LayoutConfigurationTests {
    private func text(_ payload: String) -> String {
        """
        streams:
          - name: m
            topic: plant/{device}/m
            window: {size: 10s}
            aggregates: [sum]
        \(payload)
        """
    }

    private func mistakes(_ payload: String) -> String {
        do {
            _ = try ConfigurationReader.plan(of: text(payload))
            return ""
        } catch {
            return error.description
        }
    }

    private func sums(_ payload: String, _ message: [UInt8]) throws -> [String] {
        var engine = Engine(plan: try ConfigurationReader.plan(of: text(payload)))
        var effects = Effects()
        let topic = Array("plant/d/m".utf8)
        let id = engine.add(topic: topic.span)
        engine.receive(
            topic: id, payload: message.span, at: Timestamp(microseconds: 1_000_000), into: &effects
        )
        _ = engine.tick(at: Timestamp(microseconds: 60_000_000), into: &effects)
        return effects.windows.map { window in
            let series = engine.series(window.series)
            return "\(series.field)=\(window[.sum]?.description ?? "-") \(series.unit)"
        } + effects.deadLetters.map(\.reason)
    }

    private static let binary = """
            payload: binary
            binary:
              order: little
              fields:
                power: {at: 0, type: f32, unit: W}
                temperature: {at: 4, type: i16, order: big, scale: 0.1, offset: -40, unit: °C}
                running: {at: 6, bit: 3}
        """

    @Test func bytesAtTheirPlaces() throws {
        let bytes: [UInt8] = [0x00, 0x00, 0xbe, 0x41, 0x02, 0x8a, 0x08]
        #expect(
            try sums(Self.binary, bytes) == ["power=23.75 W", "temperature=25 Cel", "running=1 "])
        #expect(try sums(Self.binary, [0, 0]).allSatisfy { $0.contains("'power'") })
    }

    @Test func linesOfColumns() throws {
        let csv = """
                payload: csv
                csv:
                  delimiter: ";"
                  comment: "#"
                  time: {column: 0, format: rfc3339}
                  labels: {channel: 1}
                  values: {t: {column: 2, unit: Cel}, h: 3}
            """
        let message = "# a remark\n1970-01-01T00:00:01Z;a;21.5;40\n1970-01-01T00:00:02Z;a;x;41\n"
        let found = try sums(csv, Array(message.utf8))
        #expect(found.prefix(2) == ["t=21.5 Cel", "h=81 "], "\(found)")
        #expect(found.count == 3)
    }

    @Test func linesOfALog() throws {
        let plan = try ConfigurationReader.plan(
            of: "streams: [{name: l, topic: 'log/{device}', payload: log}]")
        var engine = Engine(plan: plan)
        var effects = Effects()
        let topic = Array("log/d".utf8)
        let id = engine.add(topic: topic.span)
        let text = "<34>1 2003-10-11T22:14:15.003Z host su - ID47 - failed\n\nERROR: full\n"
        engine.receive(
            topic: id, payload: Array(text.utf8).span, at: Timestamp(microseconds: 5),
            into: &effects)
        #expect(effects.logs.map(\.source) == ["host su", "log/d"])
        #expect(effects.logs.map(\.time.microseconds) == [1_065_910_455_003_000, 5])
        #expect(effects.logs[1].message.contains("full"))
        let empty: [UInt8] = []
        engine.receive(
            topic: id, payload: empty.span, at: Timestamp(microseconds: 6), into: &effects)
        #expect(effects.deadLetters.count == 1)
        #expect(mistakes("    payload: log").contains("unknown key"))
    }

    @Test(arguments: [
        ("payload: binary", "binary: missing: the layout"),
        ("payload: binary\n    binary: {fields: {a: {at: 0}}}", "missing: one of bcd16"),
        ("payload: binary\n    binary: {fields: {a: {at: -1, type: u8}}}", "a whole number"),
        ("payload: binary\n    binary: {fields: {a: {at: 0, bit: 9}}}", "there is no bit 9"),
        ("payload: binary\n    binary: {form: xml, fields: {}}", "one of raw, hex, base64"),
        ("payload: csv\n    csv: {values: {t: header}}", "without a header the column 't'"),
        ("payload: csv\n    csv: {values: {t: 0}, delimiter: ab}", "one character"),
        ("payload: csv\n    csv: {values: {t: 0}, time: {column: 1}}", "missing: one of s, ms"),
        ("payload: auto\n    value: $.x", "is of payloads with paths"),
    ])
    func whatIsWrongIsSaid(payload: String, problem: String) {
        #expect(mistakes("    " + payload).contains(problem), "\(mistakes("    " + payload))")
    }
}
