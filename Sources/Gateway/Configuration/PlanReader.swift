internal import Core

/// Reads `streams` and `fusions`: what the core is told.
struct PlanReader {
    let mistakes: MistakeList

    func read(_ root: ConfigurationMap) -> Plan {
        let streams = root.require("streams", "which topics to read, and how")?.items() ?? []
        var plan = Plan(streams: [], fusions: [])
        var names: Set<String> = []
        for node in streams {
            guard let map = node.map(), let stream = stream(map) else { continue }
            check(stream.name, in: &names, node)
            for other in plan.streams where stream.pattern.overlaps(other.pattern) {
                node.mistake(
                    "topic '\(stream.pattern.text)' overlaps with '\(other.pattern.text)' of "
                        + "stream '\(other.name)': the broker may deliver a message twice; "
                        + "make them disjoint")
            }
            plan.streams.append(stream)
        }
        for node in root.find("fusions")?.items() ?? [] {
            guard let map = node.map(), let fusion = fusion(map, plan.streams) else { continue }
            check(fusion.name, in: &names, node)
            plan.fusions.append(fusion)
        }
        return plan
    }

    private func check(_ name: String, in names: inout Set<String>, _ node: ConfigurationNode) {
        if !names.insert(name).inserted {
            node.mistake("the name '\(name)' is taken; each stream and fusion needs its own")
        }
    }

    private func stream(_ map: ConfigurationMap) -> StreamPlan? {
        defer { map.finish() }
        let name = map.require("name", "the stream's name")?.value(Self.nameExpectation, Self.name)
        let pattern = pattern(map)
        let unit = map.find("unit")?.text() ?? ""
        let (payload, fields) = payload(map, stream: name ?? "", unit: unit)
        let window = window(map)
        let calibrations = (map.find("calibration")?.items() ?? []).compactMap {
            calibrationRule($0, labels: pattern?.captures ?? [], fields: fields.map(\.name))
        }
        guard let name, let pattern, let payload, let window else { return nil }
        return StreamPlan(
            name: name, pattern: pattern, payload: payload, fields: fields,
            calibrations: calibrations, window: window)
    }

    private func pattern(_ map: ConfigurationMap) -> TopicPattern? {
        guard
            let node = map.require("topic", "a topic such as plant/{line}/{device}/temperature"),
            let text = node.text()
        else { return nil }
        do {
            return try TopicPattern(text)
        } catch {
            node.mistake(error.description)
            return nil
        }
    }

    private func payload(
        _ map: ConfigurationMap, stream: String, unit: String
    ) -> (PayloadFormat?, [StreamPlan.Field]) {
        let kind =
            map.require("payload", "number or json")?.value("number or json") {
                ["number", "json"].contains($0) ? $0 : nil
            }
        guard kind != nil else {
            for name in ["value", "fields", "time"] { _ = map.find(name) }
            return (nil, [])
        }
        guard kind == "json" else {
            return (.number, [StreamPlan.Field(name: stream, unit: unit)])
        }
        let time = map.find("time")?.map().flatMap(timePath)
        if let fields = map.find("fields") {
            if map.find("value") != nil {
                fields.mistake("either 'value' or 'fields', not both")
            }
            return jsonFields(fields, unit, time)
        }
        let path = map.require("value", "a path such as $.value, or 'fields' for several")
            .flatMap(jsonPath)
        return (
            path.map { .json(fields: [$0], time: time) },
            [StreamPlan.Field(name: stream, unit: unit)]
        )
    }

    private func jsonFields(
        _ node: ConfigurationNode, _ unit: String, _ time: PayloadFormat.TimePath?
    ) -> (PayloadFormat?, [StreamPlan.Field]) {
        guard let map = node.map() else { return (nil, []) }
        var paths: [JSONPath] = []
        var fields: [StreamPlan.Field] = []
        for name in map.names {
            guard let entry = map.find(name) else { continue }
            // Either a path, or a map of path and unit.
            if entry.isMap, let detail = entry.map() {
                let path = detail.require("path", "a path such as $.value").flatMap(jsonPath)
                let own = detail.find("unit")?.text() ?? unit
                detail.finish()
                guard let path else { continue }
                paths.append(path)
                fields.append(.init(name: name, unit: own))
            } else if let path = jsonPath(entry) {
                paths.append(path)
                fields.append(.init(name: name, unit: unit))
            }
        }
        guard !paths.isEmpty, paths.count < JSONScanner.maximumPaths else {
            node.mistake("expected 1 to \(JSONScanner.maximumPaths - 1) fields")
            return (nil, [])
        }
        return (.json(fields: paths, time: time), fields)
    }

    private func timePath(_ map: ConfigurationMap) -> PayloadFormat.TimePath? {
        defer { map.finish() }
        let path = map.require("path", "where the time stands, such as $.ts").flatMap(jsonPath)
        let formats = TimestampFormat.allCases.map(\.rawValue).joined(separator: ", ")
        let format = map.require("format", "one of \(formats)")?.value("one of \(formats)") {
            TimestampFormat(rawValue: $0)
        }
        guard let path, let format else { return nil }
        return .init(path: path, format: format)
    }

    private func jsonPath(_ node: ConfigurationNode) -> JSONPath? {
        guard let text = node.text() else { return nil }
        do {
            return try JSONPath(text)
        } catch {
            node.mistake(error.description)
            return nil
        }
    }

    private func calibrationRule(
        _ node: ConfigurationNode, labels known: [String], fields: [String]
    ) -> StreamPlan.CalibrationRule? {
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        let labels = labels(map.find("where"), known: known)
        let field = map.find("field")?.value("one of \(fields.joined(separator: ", "))") {
            fields.contains($0) ? $0 : nil
        }
        return .init(labels: labels, field: field, calibration: calibration(map))
    }

    func calibration(_ map: ConfigurationMap) -> Calibration {
        let gain = map.find("gain")?.value("a number", Quantities.number) ?? Number(1)
        let offset = map.find("offset")?.value("a number", Quantities.number) ?? .zero
        return Calibration(gain: gain, offset: offset)
    }

    func labels(_ node: ConfigurationNode?, known: [String]) -> [Series.Label] {
        guard let map = node?.map() else { return [] }
        return map.names.compactMap { name in
            guard let entry = map.find(name), let value = entry.text() else { return nil }
            if !known.contains(name) {
                entry.mistake(
                    "the topic captures no '\(name)'; it captures: "
                        + (known.isEmpty ? "nothing" : known.joined(separator: ", ")))
            }
            return Series.Label(name: name, value: value)
        }
    }

    func window(_ map: ConfigurationMap) -> WindowPlan? {
        let aggregates = aggregates(map)
        guard let window = map.require("window", "its size, such as {size: 10s}")?.map() else {
            return nil
        }
        defer { window.finish() }
        let span = Quantities.spanExpectation
        let size = window.require("size", span)?.value(span, Quantities.positiveSpan)
        let lateness = window.find("lateness")?.value(span, Quantities.span) ?? 5_000_000
        guard let size else {
            _ = window.find("idle")
            return nil
        }
        let idle =
            window.find("idle")?.value(span, Quantities.positiveSpan) ?? size + lateness
        return WindowPlan(size: size, lateness: lateness, idle: idle, aggregates: aggregates)
    }

    private func aggregates(_ map: ConfigurationMap) -> [Aggregate] {
        let expectation =
            "one of " + Aggregate.simple.map(\.name).joined(separator: ", ")
            + ", or a percentile such as p95 or p99.9"
        guard let node = map.find("aggregates") else {
            return [.count, .sum, .min, .max, .last]
        }
        var found: [Aggregate] = []
        for item in node.items() {
            guard let aggregate = item.value(expectation, { Aggregate(name: $0) }) else { continue }
            if found.contains(aggregate) {
                item.mistake("'\(aggregate.name)' is there already")
            } else {
                found.append(aggregate)
            }
        }
        if found.isEmpty { node.mistake("expected at least one aggregate") }
        return found
    }

    static let nameExpectation = "a name of a-z, A-Z, 0-9, '_', '-' and '.'"

    static func name(_ text: String) -> String? {
        text.utf8.allSatisfy {
            $0.isLetterOrDigit
                || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains($0)
        } ? text : nil
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
