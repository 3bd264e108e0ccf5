extension Publication {
    /// A window's result as JSON, its aggregates by their names.
    package static func window(
        topic: String, _ window: WindowRecord, of series: Series, isRetained: Bool = false
    ) -> Publication {
        var json = JSONWriter()
        json.object {
            $0.moment("ts", window.end)
            $0.moment("start", window.start)
            $0.member("series", series.description)
            $0.member("unit", series.unit)
            $0.member("revision", window.revision)
            $0.key("flags")
            $0.array(window.flags.names) { $0.text($1) }
            $0.quality(window.quality)
            for (aggregate, value) in zip(window.layout.aggregates, window.values) {
                $0.number(aggregate.name, value)
            }
        }
        return Publication(topic: topic, payload: json.bytes, isRetained: isRetained)
    }
}

extension WindowRecord.Flags {
    fileprivate var names: [String] {
        var names: [String] = []
        if contains(.partial) { names.append("partial") }
        if contains(.amendment) { names.append("amendment") }
        if contains(.early) { names.append("early") }
        return names
    }
}
