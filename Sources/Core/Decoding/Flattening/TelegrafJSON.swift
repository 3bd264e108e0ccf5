/// Telegraf's JSON output: measurements of fields and tags, one or `{"metrics": [...]}`.
enum TelegrafJSON {
    static func isMessage(_ document: Document) -> Bool {
        let metric = document["metrics"]?.elements.first ?? document
        guard case .object = metric["fields"], case .object = metric["tags"] else { return false }
        return metric["name"]?.text != nil && metric["timestamp"]?.number != nil
    }

    static func read(_ document: Document) -> Decoded {
        var decoded = Decoded()
        for metric in document["metrics"]?.elements ?? [document] {
            let name = metric["name"]?.text ?? ""
            let labels = (metric["tags"]?.members ?? []).compactMap { tag in
                tag.value.text.map { Series.Label(name: tag.name, value: $0) }
            }
            var flattener = Flattener(rule: nil, topic: name)
            flattener.take(
                .object([Document.Member(name, metric["fields"] ?? .null)]),
                time: metric["timestamp"].flatMap(RecognisedTime.time))
            decoded.problems += flattener.found.problems
            for reading in flattener.found.readings {
                var reading = reading
                reading.labels = labels + reading.labels
                decoded.readings.append(reading)
            }
        }
        return decoded
    }
}
