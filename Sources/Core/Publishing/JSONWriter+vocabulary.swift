extension JSONWriter {
    /// Milliseconds since 1970, as sensors write it; with decimals where there are microseconds.
    mutating func moment(_ name: String, _ time: Timestamp) {
        number(name, .decimal(mantissa: time.microseconds, scale: 3))
    }

    mutating func number(_ name: String, _ number: Number?) {
        key(name)
        raw((number?.description ?? "null").utf8)
    }

    mutating func quality(_ quality: Quality) {
        member("quality", quality.level.name)
        key("reasons")
        array(quality.reasons.names) { $0.text($1) }
    }
}
