package import Core
package import Wire

/// A record a line, each an object of JSON; numbers as the exact decimals that they are.
package struct NDJSONText: RecordText {
    package init() {}

    package func heading() -> [UInt8] { [] }

    package func lines(
        of records: RecordSet, amended: [Int: [Aggregate]], from source: RecordSource
    ) -> [UInt8] {
        var json = JSONWriter()
        func line(_ kind: String, _ members: (inout JSONWriter) -> Void) {
            json.object { json in
                json.member("kind", kind)
                json.member("gateway", source.gateway)
                json.member("epoch", source.epoch.description)
                json.member("batch", source.sequence)
                members(&json)
            }
            json.newline()
        }
        let series = records.series.map(Self.members)
        for (place, window) in records.windows.enumerated() {
            line("window") { json in
                json.raw(series[Int(window.series)])
                json.write(window, unmerged: amended[place])
            }
        }
        for log in records.logs { line("log") { $0.write(log) } }
        for gap in records.gaps { line("gap") { $0.write(gap) } }
        for event in records.events { line("event") { $0.write(event) } }
        for sample in records.samples {
            line("sample") { json in
                json.raw(series[Int(sample.series)])
                json.write(sample.reading)
            }
        }
        return json.bytes
    }

    /// The members that all records of a series share, written once.
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
}
