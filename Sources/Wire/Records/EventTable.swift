internal import Core

/// Events in columns.
enum EventTable {
    static func encode(_ events: [EventRecord], into writer: inout ByteWriter) {
        writer.count(events.count)
        IntegerColumn.encode(events.lazy.map { Int64($0.kind.rawValue) }, into: &writer)
        IntegerColumn.encode(events.lazy.map { Int64($0.state.rawValue) }, into: &writer)
        IntegerColumn.encode(events.lazy.map { Int64($0.severity.rawValue) }, into: &writer)
        TimeColumn.encode(events.map(\.time.microseconds), into: &writer)
        NumberColumn.encode(events.map(\.value), after: [], into: &writer)
        QualityColumns.encode(events.map(\.quality), into: &writer)
        for event in events { writer.text(event.name) }
        for event in events { writer.text(event.subject) }
        for event in events { writer.text(event.detail) }
    }

    static func decode(
        from reader: inout ByteReader, budget: inout DecodingBudget
    ) throws(FormatError) -> [EventRecord] {
        let rows = try reader.count(ofAtLeast: 3)
        try budget.take(records: rows, numbersInEach: 1)
        var events = try decodeNumbers(rows, from: &reader)
        for row in 0..<rows { events[row].name = try reader.text() }
        for row in 0..<rows { events[row].subject = try reader.text() }
        for row in 0..<rows { events[row].detail = try reader.text() }
        return events
    }

    /// All but the texts.
    private static func decodeNumbers(
        _ rows: Int, from reader: inout ByteReader
    ) throws(FormatError) -> [EventRecord] {
        let kinds = try IntegerColumn.decode(rows, as: UInt8.self, "kind", from: &reader)
        let states = try IntegerColumn.decode(rows, as: UInt8.self, "state", from: &reader)
        let severities = try IntegerColumn.decode(rows, as: UInt8.self, "severity", from: &reader)
        let times = try TimeColumn.decode(rows, "time", from: &reader)
        guard let values = try NumberColumn.decode(rows, after: [], from: &reader) else {
            throw .malformed("a derived column of events")
        }
        let qualities = try QualityColumns.decode(rows, from: &reader)
        var events: [EventRecord] = []
        events.reserveCapacity(rows)
        for row in 0..<rows {
            guard let kind = EventRecord.Kind(rawValue: kinds[row]),
                let state = EventRecord.State(rawValue: states[row]),
                let severity = EventRecord.Severity(rawValue: severities[row])
            else { throw .malformed("an event of kind \(kinds[row]), state \(states[row])") }
            events.append(
                EventRecord(
                    kind: kind, name: "", subject: "", state: state, severity: severity,
                    time: try Timestamp(decoded: times[row]), value: values[row],
                    quality: qualities[row], detail: ""))
        }
        return events
    }
}
