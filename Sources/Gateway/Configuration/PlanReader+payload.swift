internal import Core

/// What a stream's payloads look like.
extension PlanReader {
    /// A value of a payload.
    struct Field {
        var name: String
        var units: Units
    }

    func payload(
        _ map: ConfigurationMap, stream: String, units: Units
    ) -> (PayloadFormat?, [Field]) {
        let kind =
            map.require("payload", "number or json")?.value("number or json") {
                ["number", "json"].contains($0) ? $0 : nil
            }
        guard kind != nil else {
            for name in ["value", "fields", "time"] { _ = map.find(name) }
            return (nil, [])
        }
        guard kind == "json" else { return (.number, [Field(name: stream, units: units)]) }
        let time = map.find("time")?.map().flatMap(timePath)
        if let fields = map.find("fields") {
            if map.find("value") != nil {
                fields.mistake("either 'value' or 'fields', not both")
            }
            return jsonFields(fields, units, time)
        }
        let path = map.require("value", "a path such as $.value, or 'fields' for several")
            .flatMap(jsonPath)
        return (
            path.map { .json(fields: [$0], time: time) }, [Field(name: stream, units: units)]
        )
    }

    private func jsonFields(
        _ node: ConfigurationNode, _ units: Units, _ time: PayloadFormat.TimePath?
    ) -> (PayloadFormat?, [Field]) {
        guard let map = node.map() else { return (nil, []) }
        var paths: [JSONPath] = []
        var fields: [Field] = []
        for name in map.names {
            guard let entry = map.find(name) else { continue }
            // Either a path, or a map of path and unit.
            if entry.isMap, let detail = entry.map() {
                let path = detail.require("path", "a path such as $.value").flatMap(jsonPath)
                let own = self.units(detail, or: units)
                detail.finish()
                guard let path else { continue }
                paths.append(path)
                fields.append(Field(name: name, units: own))
            } else if let path = jsonPath(entry) {
                paths.append(path)
                fields.append(Field(name: name, units: units))
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
}
