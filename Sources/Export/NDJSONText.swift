internal import Core
package import Wire

/// A record a line, each an object of JSON; numbers as the exact decimals that they are.
package struct NDJSONText: RecordText {
    package init() {}

    package func heading() -> [UInt8] { [] }

    package func lines(of records: RecordSet, from source: RecordSource) -> [UInt8] {
        var json = JSONWriter()
        let series = records.series.map(Self.members)
        for window in records.windows {
            json.object { json in
                Self.begin(&json, "window", source)
                json.raw(series[Int(window.series)])
                Self.write(window, to: &json)
            }
            json.newline()
        }
        for log in records.logs {
            json.object { json in
                Self.begin(&json, "log", source)
                json.member("time", log.time.description)
                json.member("level", log.levelName)
                json.member("source", log.source)
                json.member("message", log.message)
            }
            json.newline()
        }
        for gap in records.gaps {
            json.object { json in
                Self.begin(&json, "gap", source)
                json.member("cause", gap.cause.name)
                json.member("subject", gap.subject)
                json.member("from", gap.from.description)
                json.member("to", gap.to.description)
                json.member("count", gap.count)
                json.member("detail", gap.detail)
            }
            json.newline()
        }
        return json.bytes
    }

    private static func begin(_ json: inout JSONWriter, _ kind: String, _ source: RecordSource) {
        json.member("kind", kind)
        json.member("gateway", source.gateway)
        json.member("epoch", source.epoch.description)
        json.member("batch", source.sequence)
    }

    /// The members that all windows of a series share, written once.
    private static func members(of series: Series) -> [UInt8] {
        var json = JSONWriter()
        json.member("stream", series.stream)
        json.member("field", series.field)
        json.key("labels")
        json.object { json in
            for label in series.labels { json.member(label.name, label.value) }
        }
        json.member("unit", series.unit)
        return json.bytes
    }

    private static func write(_ window: WindowRecord, to json: inout JSONWriter) {
        json.member("start", window.start.description)
        json.member("end", window.end.description)
        json.key("flags")
        json.array(window.flags.names) { $0.text($1) }
        for (aggregate, value) in zip(window.layout.aggregates, window.values) {
            json.key(aggregate.name)
            json.raw((value.exportText ?? "null").utf8)
        }
    }
}
