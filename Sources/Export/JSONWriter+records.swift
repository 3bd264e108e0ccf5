internal import Core

extension JSONWriter {
    /// - Parameter unmerged: what could not be merged with amendments; `nil` for a window that
    ///   was not amended.
    mutating func write(_ window: WindowRecord, unmerged: [Aggregate]?) {
        member("start", window.start.description)
        member("end", window.end.description)
        if case .tumbling = window.layout.shape {
        } else {
            member("shape", window.layout.shape.name)
            if let detail = window.layout.shape.detail { member(detail.name, detail.value) }
        }
        member("flags", window.flagNames(isAmended: unmerged != nil))
        member("revision", window.revision)
        write(window.quality)
        if let unmerged, !unmerged.isEmpty { member("unmerged", unmerged.map(\.name)) }
        for (aggregate, value) in zip(window.layout.aggregates, window.values) {
            member(aggregate.name, value)
        }
    }

    mutating func write(_ log: LogRecord) {
        member("time", log.time.description)
        member("level", log.levelName)
        member("source", log.source)
        member("message", log.message)
    }

    mutating func write(_ gap: GapRecord) {
        member("cause", gap.cause.name)
        member("subject", gap.subject)
        member("from", gap.from.description)
        member("to", gap.to.description)
        member("count", gap.count)
        member("detail", gap.detail)
    }

    mutating func write(_ event: EventRecord) {
        member("event", event.kind.name)
        member("name", event.name)
        member("subject", event.subject)
        member("state", event.state.name)
        member("severity", event.severity.name)
        member("time", event.time.description)
        member("value", event.value)
        write(event.quality)
        member("detail", event.detail)
    }

    mutating func write(_ reading: Reading) {
        member("time", reading.time.description)
        member("value", reading.number)
        write(reading.quality)
    }

    private mutating func write(_ quality: Quality) {
        member("quality", quality.level.name)
        if !quality.reasons.isEmpty { member("reasons", quality.reasons.names) }
    }

    private mutating func member(_ name: String, _ number: Number?) {
        key(name)
        raw((number?.description ?? "null").utf8)
    }

    private mutating func member(_ name: String, _ texts: [String]) {
        key(name)
        array(texts) { $0.text($1) }
    }
}
