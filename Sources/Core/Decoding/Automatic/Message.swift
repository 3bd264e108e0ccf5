/// A message on its way to readings.
struct Message {
    let topic: String
    let captures: [Series.Label]
    let content: Content
    let now: Timestamp?

    func read(by rule: ProfileRule?) throws(Undecodable) -> Decoded {
        switch rule?.format ?? .automatic {
        case .none: return Decoded()
        case .ultralight: return try UltraLight.decode(content.bytes.span)
        case .collectd:
            return try Collectd.decode(
                content.bytes.span, metric: lastLevel, unit: rule?.unit(of: lastLevel))
        case .smartrest: return try SmartREST.decode(content.bytes.span)
        case .influx: return try InfluxLine.decode(content.bytes.span)
        case .binary: return try rule?.binary?.decode(content.bytes.span) ?? Decoded()
        case .csv:
            return try (rule?.csv).map(CSVLine.init)?.decode(content.bytes.span) ?? Decoded()
        case .automatic: return try recognised(rule)
        }
    }

    private func recognised(_ rule: ProfileRule?) throws(Undecodable) -> Decoded {
        switch content.kind {
        case .empty: throw Undecodable("an empty payload")
        case .document(let document, _): return try structured(document, rule)
        case .text(let text): return try plain(text, rule)
        case .binary(let count):
            throw Undecodable(
                "\(count) bytes that are neither text nor CBOR nor MessagePack: expected a layout in "
                    + "the configuration, 'payload: binary'")
        }
    }

    private func structured(
        _ document: Document, _ rule: ProfileRule?
    ) throws(Undecodable) -> Decoded {
        if SenML.isPack(document) { return try SenML.read(document, now: now) }
        if OPCUAPubSub.isMessage(document) { return try OPCUAPubSub.read(document) }
        if TelegrafJSON.isMessage(document) { return TelegrafJSON.read(document) }
        var flattener = Flattener(rule: rule, topic: lastLevel)
        let time = rule?.times.lazy.compactMap { document[$0] }.compactMap(RecognisedTime.time)
            .first
        try flattener.take(root(of: document, rule), time: time)
        let isSilent = flattener.found.readings.isEmpty && flattener.found.problems.isEmpty
        guard !isSilent || flattener.hasNull else {
            throw Undecodable("no number in it")
        }
        return flattener.found
    }

    /// Where the readings stand.
    private func root(
        of document: Document, _ rule: ProfileRule?
    ) throws(Undecodable) -> Document {
        guard let rule, !rule.roots.isEmpty else { return document }
        for path in rule.roots {
            guard let root = document[path], root != .null else { continue }
            guard let text = root.text else { return root }
            return try Document(json: Array(text.utf8).span)
        }
        let paths = rule.roots.map(\.text).joined(separator: ", ")
        throw Undecodable(rule.without ?? "nothing at \(paths)")
    }

    private func plain(_ text: String, _ rule: ProfileRule?) throws(Undecodable) -> Decoded {
        let metric = rule?.metric.map(filled) ?? lastLevel
        if let number = Number(parsing: Array(text.utf8).span) {
            var reading = DecodedReading(metric, .number(number), unit: rule?.unit(of: metric))
            reading.isCounter = rule?.isCounter(metric) ?? false
            return Decoded(readings: [reading])
        }
        if let state = rule?.state(text, of: metric) {
            return Decoded(readings: [DecodedReading(metric, .number(Number(state)))])
        }
        if let flag = ["true": true, "false": false][text.lowercased()] {
            return Decoded(readings: [DecodedReading(metric, .flag(flag))])
        }
        if let measured = MeasuredText(text), let unit = measured.unit,
            measured.hasKnownUnit || !Flattener.isWord(metric)
        {
            return Decoded(readings: [DecodedReading(metric, .number(measured.number), unit: unit)])
        }
        if let doubt = content.doubt { throw Undecodable(doubt) }
        if text.hasPrefix("<"), Syslog.decode(content.bytes.span) != nil {
            throw Undecodable("a log line, and no reading")
        }
        if let lines = try? InfluxLine.decode(Array(text.utf8).span, precision: nil),
            !lines.readings.isEmpty
        {
            return lines
        }
        if ["nan", "inf", "-inf", "+inf", "infinity", "-infinity"].contains(text.lowercased()) {
            throw Undecodable("'\(text)' is no number: the sensor has no value")
        }
        throw Undecodable(
            "the text '\(text.prefix(40))' is no number; a state needs its numbers in the "
                + "configuration, 'states'")
    }

    private var lastLevel: String {
        topic.split(separator: "/").last.map(String.init) ?? topic
    }

    private func filled(_ template: String) -> String {
        captures.reduce(template) { $0.replacing("{\($1.name)}", with: $1.value) }
    }
}
