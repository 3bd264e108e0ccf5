extension JSONWriter {
    /// `{"topic": ..., "readings": [{metric, value, unit, ts, quality, labels}], "error": ...}`;
    /// `ts` in milliseconds since 1970, `null` where the message has none.
    package mutating func decoded(_ decoded: Decoded, topic: String?) {
        object { json in
            json.key("topic")
            json.optional(topic)
            json.key("readings")
            json.array(decoded.readings) { $0.reading($1) }
            json.key("error")
            json.optional(
                decoded.problems.isEmpty ? nil : decoded.problems.joined(separator: "; "))
        }
    }

    private mutating func reading(_ reading: DecodedReading) {
        object { json in
            json.member("metric", reading.metric)
            json.key("value")
            switch reading.value {
            case .number(let number): json.raw(number.description.utf8)
            case .flag(let flag): json.raw("\(flag)".utf8)
            case .text(let text): json.text(text)
            }
            json.key("unit")
            json.optional(reading.unit)
            if let time = reading.time {
                json.moment("ts", time)
            } else {
                json.key("ts")
                json.raw("null".utf8)
            }
            json.member("quality", reading.quality.level.name)
            json.key("labels")
            json.object { json in
                for label in reading.labels { json.member(label.name, label.value) }
            }
        }
    }

    private mutating func optional(_ text: String?) {
        if let text { self.text(text) } else { raw("null".utf8) }
    }
}
