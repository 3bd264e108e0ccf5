extension Publication {
    /// An alarm's state as JSON; retained, so that who connects later sees how it stands.
    package static func alarm(
        topic: String, event: EventRecord, unit: String, isRepeated: Bool = false,
        isRetained: Bool = true
    ) -> Publication {
        var json = JSONWriter()
        json.object {
            $0.moment("ts", event.time)
            $0.member("alarm", event.name)
            $0.member("series", event.subject)
            $0.member("state", event.state.name)
            $0.member("severity", event.severity.name)
            $0.number("value", event.value)
            $0.member("unit", unit)
            $0.quality(event.quality)
            $0.key("repeated")
            $0.raw((isRepeated ? "true" : "false").utf8)
            $0.member("detail", event.detail)
        }
        return Publication(topic: topic, payload: json.bytes, isRetained: isRetained)
    }
}
