package import Core
internal import Export
internal import Foundation
internal import Wire

/// The records of a trial as NDJSON, with the members that `tidegate-receiver export` gives
/// them; they come from gateway `trial`, of an epoch of zeros and batch 0. Besides, kinds
/// `dead_letter` and `publication`, which never leave a gateway.
package struct TrialLines {
    private let showsPublications: Bool
    private let text = NDJSONText()
    private let source: RecordSource?
    private var series: [Series] = []

    package init(showsPublications: Bool = false) {
        self.showsPublications = showsPublications
        source = Epoch(bytes: Array(repeating: 0, count: Epoch.byteCount)).map {
            RecordSource(gateway: "trial", epoch: $0, sequence: 0)
        }
    }

    package mutating func lines(_ time: Timestamp, _ effects: Effects) -> [UInt8] {
        series += effects.newSeries
        var bytes: [UInt8] = []
        let records = RecordSet(
            windows: effects.windows, logs: effects.logs, gaps: effects.gaps,
            events: effects.events,
            samples: effects.samples)
        if !records.isEmpty, let source {
            bytes = text.lines(of: records.resolved { series[Int($0)] }, from: source)
        }
        var json = JSONWriter()
        for letter in effects.deadLetters { Self.write(letter, to: &json) }
        if showsPublications {
            for publication in effects.publications { Self.write(publication, time, to: &json) }
        }
        return bytes + json.bytes
    }

    private static func write(_ letter: DeadLetter, to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", "dead_letter")
            json.member("topic", String(decoding: letter.topic, as: UTF8.self))
            json.member("time", letter.time.description)
            json.member("reason", letter.reason)
            write(payload: letter.payload, to: &json)
        }
        json.newline()
    }

    private static func write(
        _ publication: Publication, _ time: Timestamp, to json: inout JSONWriter
    ) {
        json.object { json in
            json.member("kind", "publication")
            json.member("topic", publication.topic)
            json.member("time", time.description)
            write(payload: publication.payload, to: &json)
            json.key("retain")
            json.raw((publication.isRetained ? "true" : "false").utf8)
        }
        json.newline()
    }

    /// As a recording has it.
    private static func write(payload: [UInt8], to json: inout JSONWriter) {
        if let text = String(validating: payload, as: UTF8.self) {
            json.member("payload", text)
        } else {
            json.member("payload_b64", Data(payload).base64EncodedString())
        }
    }
}
