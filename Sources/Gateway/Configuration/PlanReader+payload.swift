internal import Core

/// What a stream's payloads look like.
extension PlanReader {
    /// A value of a payload.
    struct Field {
        var name: String
        var units: Units
    }

    /// A payload's kind, by the name that it has in the file.
    struct Kind {
        enum Form {
            case number
            case json
            case document(PayloadFormat.Notation)
            case recognised([DeviceProfile])
            case log
            /// `binary` or `csv`, whose layout stands under a key of that name.
            case layout(ProfileRule.Format)
        }

        let name: String
        let form: Form

        var hasPaths: Bool {
            switch form {
            case .json, .document: true
            case .number, .recognised, .layout, .log: false
            }
        }

        func format(_ paths: [JSONPath], _ time: PayloadFormat.TimePath?) -> PayloadFormat {
            if case .document(let notation) = form {
                return .document(notation, fields: paths, time: time)
            }
            return .json(fields: paths, time: time)
        }

        static func all(_ profiles: [DeviceProfile]) -> [Kind] {
            let lines: [ProfileRule.Format] = [.influx, .ultralight, .collectd, .smartrest]
            return [Kind(name: "number", form: .number), Kind(name: "json", form: .json)]
                + PayloadFormat.Notation.allCases.map {
                    Kind(name: $0.rawValue, form: .document($0))
                }
                + [Kind(name: "auto", form: .recognised(profiles))]
                + lines.map { Kind(name: $0.rawValue, form: .recognised([.lines($0)])) }
                + [Kind(name: "log", form: .log)]
                + [ProfileRule.Format.binary, .csv].map {
                    Kind(name: $0.rawValue, form: .layout($0))
                }
        }
    }

    private static let kinds = Kind.all([]).map(\.name).joined(separator: ", ")

    func payload(
        _ map: ConfigurationMap, stream: String, pattern: TopicPattern?, units: Units
    ) -> (PayloadFormat?, [Field]) {
        let kind =
            map.require("payload", "one of \(Self.kinds)")?.value("one of \(Self.kinds)") { text in
                Kind.all(profiles).first { $0.name == text }
            }
        if let kind, kind.name != "auto" {
            map.find("rule")?.mistake("is of 'payload: auto', not of '\(kind.name)'")
        }
        guard let kind, kind.hasPaths else {
            for name in ["value", "fields", "time"] {
                let node = map.find(name)
                if let kind { node?.mistake("is of payloads with paths, not of '\(kind.name)'") }
            }
            switch kind?.form {
            case .number: return (.number, [Field(name: stream, units: units)])
            case .recognised(let profiles):
                return (.recognised(ownRule(map, pattern) + profiles), [])
            case .log: return (.log, [])
            case .layout(let format): return (layout(map, format).map { .recognised([$0]) }, [])
            default: return (nil, [])
            }
        }
        let time = map.find("time")?.map().flatMap(timePath)
        if let fields = map.find("fields") {
            if map.find("value") != nil {
                fields.mistake("either 'value' or 'fields', not both")
            }
            return severalFields(fields, units, kind, time)
        }
        let path = map.require("value", "a path such as $.value, or 'fields' for several")
            .flatMap { $0.parsed(JSONPath.init) }
        return (
            path.map { kind.format([$0], time) }, [Field(name: stream, units: units)]
        )
    }

    /// The stream's own, before those of profiles.
    private func ownRule(_ map: ConfigurationMap, _ pattern: TopicPattern?) -> [DeviceProfile] {
        guard let pattern, let rule = map.find("rule")?.map() else { return [] }
        return [
            DeviceProfile(name: "stream", rules: [RuleReader.rule(rule, topics: [pattern])])
        ]
    }

    private func layout(_ map: ConfigurationMap, _ format: ProfileRule.Format) -> DeviceProfile? {
        let node = map.require(format.rawValue, "the layout; see docs/payloads.md")
        var rule = ProfileRule(topics: [.everything])
        rule.format = format
        if format == .binary { rule.binary = node.flatMap(LayoutReader.binary) }
        if format == .csv { rule.csv = node.flatMap(LayoutReader.csv) }
        guard rule.binary != nil || rule.csv != nil else { return nil }
        return DeviceProfile(name: format.rawValue, rules: [rule])
    }

    private func severalFields(
        _ node: ConfigurationNode, _ units: Units, _ kind: Kind, _ time: PayloadFormat.TimePath?
    ) -> (PayloadFormat?, [Field]) {
        guard let map = node.map() else { return (nil, []) }
        var paths: [JSONPath] = []
        var fields: [Field] = []
        for name in map.names {
            guard let entry = map.find(name) else { continue }
            // Either a path, or a map of path and unit.
            if entry.isMap, let detail = entry.map() {
                let path = detail.require("path", "a path such as $.value").flatMap {
                    $0.parsed(JSONPath.init)
                }
                let own = self.units(detail, or: units)
                detail.finish()
                guard let path else { continue }
                paths.append(path)
                fields.append(Field(name: name, units: own))
            } else if let path = entry.parsed(JSONPath.init) {
                paths.append(path)
                fields.append(Field(name: name, units: units))
            }
        }
        guard !paths.isEmpty, paths.count < JSONScanner.maximumPaths else {
            node.mistake("expected 1 to \(JSONScanner.maximumPaths - 1) fields")
            return (nil, [])
        }
        return (kind.format(paths, time), fields)
    }

    private func timePath(_ map: ConfigurationMap) -> PayloadFormat.TimePath? {
        defer { map.finish() }
        let path = map.require("path", "where the time stands, such as $.ts").flatMap {
            $0.parsed(JSONPath.init)
        }
        let formats = TimestampFormat.allCases.map(\.rawValue).joined(separator: ", ")
        let format = map.require("format", "one of \(formats)")?.value("one of \(formats)") {
            TimestampFormat(rawValue: $0)
        }
        guard let path, let format else { return nil }
        return .init(path: path, format: format)
    }
}

extension DeviceProfile {
    /// All messages in one format.
    fileprivate static func lines(_ format: ProfileRule.Format) -> DeviceProfile {
        var rule = ProfileRule(topics: [.everything])
        rule.format = format
        return DeviceProfile(name: format.rawValue, rules: [rule])
    }
}
