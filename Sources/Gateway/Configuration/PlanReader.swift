internal import Core

/// Reads `streams`, `fusions` and `alarms`: what the core is told.
struct PlanReader {
    let mistakes: MistakeList
    /// The gateway's name, for topics.
    let gateway: String
    /// Of streams whose messages say what they hold.
    let profiles: [DeviceProfile]

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
        var publications: [(PublicationPlan, ConfigurationNode)] = []
        for node in root.find("fusions")?.items() ?? [] {
            guard let map = node.map(), let fusion = fusion(map, plan) else { continue }
            check(fusion.name, in: &names, node)
            plan.fusions.append(fusion)
            if let publication = fusion.publication, let publish = map.find("publish") {
                publications.append((publication, publish))
            }
        }
        var alarms: Set<String> = []
        for node in root.find("alarms")?.items() ?? [] {
            guard let map = node.map(), let alarm = alarm(map, plan) else { continue }
            if !alarms.insert(alarm.name).inserted {
                node.mistake("the name '\(alarm.name)' is taken; each alarm needs its own")
            }
            plan.alarms.append(alarm)
            if let publication = alarm.publication, let publish = map.find("publish") {
                publications.append((publication, publish))
            }
        }
        readAcknowledgement(root.find("acknowledge"), into: &plan)
        checkLoops(publications, plan)
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
        let (payload, fields) = payload(
            map, stream: name ?? "", pattern: pattern, units: units(map))
        let hasManySources = pattern?.levels.contains { $0 == .any || $0 == .rest } ?? false
        // A log has none.
        let windows = payload == .log ? [] : windows(map, hasManySources: hasManySources)
        let scope = Scope(labels: pattern?.captures ?? [], fields: fields.map(\.name))
        let calibrations = rules(map.find("calibration"), scope) { calibration($0) }
        let quality = rules(map.find("quality"), scope) { self.quality($0) }
        let reports = rules(map.find("report"), scope) { report($0) }
        guard let name, let pattern, let payload else { return nil }
        var stream = StreamPlan(
            name: name, pattern: pattern, payload: payload,
            fields: fields.map { .init(name: $0.name, unit: $0.units.text) },
            calibrations: calibrations, windows: windows)
        stream.conversions = fields.compactMap { field in
            field.units.conversion.map { SeriesRule(field: field.name, value: $0) }
        }
        stream.quality = quality
        stream.reports = reports
        return stream
    }

    private func pattern(_ map: ConfigurationMap) -> TopicPattern? {
        map.require("topic", "a topic such as plant/{line}/{device}/temperature")?
            .parsed(TopicPattern.init)
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
