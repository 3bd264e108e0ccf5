internal import Core

/// A rule of a device profile, or of one stream (docs/payloads.md, "Profiles").
enum RuleReader {
    static func rule(_ map: ConfigurationMap, topics: [TopicPattern]) -> ProfileRule {
        defer { map.finish() }
        var rule = ProfileRule(topics: topics)
        rule.keys = nodes(map.find("keys")).compactMap(member)
        rule.unless = nodes(map.find("unless")).compactMap(member)
        let formats = ProfileRule.Format.allCases.map(\.rawValue).joined(separator: ", ")
        rule.format =
            map.find("payload")?.value("one of \(formats)") { ProfileRule.Format(rawValue: $0) }
            ?? .automatic
        rule.binary = layout(map, "binary", isNeeded: rule.format == .binary, LayoutReader.binary)
        rule.csv = layout(map, "csv", isNeeded: rule.format == .csv, LayoutReader.csv)
        rule.roots = paths(map.find("readings"))
        rule.without = map.find("without")?.text()
        rule.times = paths(map.find("time"))
        rule.metric = map.find("metric")?.text()
        rule.pair = map.find("pair")?.map().flatMap(pair)
        rule.labels = entries(map.find("labels")).compactMap { name, node in
            member(node).map { ProfileRule.Label(name, $0) }
        }
        rule.rest = map.find("rest")?.text()
        rule.errors = map.find("errors")?.parsed(JSONPath.init)
        rule.skip = texts(map.find("skip")).map(NamePattern.init)
        rule.counters = texts(map.find("counters")).map(NamePattern.init)
        rule.units = entries(map.find("units")).compactMap { pattern, node in
            node.text().map { ProfileRule.Unit(NamePattern(pattern), $0 == "none" ? "" : $0) }
        }
        rule.unitMembers = entries(map.find("unit_members")).compactMap { pattern, node in
            node.text().map { ProfileRule.Unit(NamePattern(pattern), $0) }
        }
        rule.states = entries(map.find("states")).map { pattern, node in
            ProfileRule.States(NamePattern(pattern), numbers(node))
        }
        return rule
    }

    private static func layout<Layout>(
        _ map: ConfigurationMap, _ name: String, isNeeded: Bool,
        _ read: (ConfigurationNode) -> Layout?
    ) -> Layout? {
        (isNeeded ? map.require(name, "the layout; see docs/payloads.md") : map.find(name))
            .flatMap(read)
    }

    private static func pair(_ map: ConfigurationMap) -> ProfileRule.Pair? {
        defer { map.finish() }
        let name = map.require("name", "the member that names a value")?.text()
        let value = map.require("value", "the member that holds it")?.text()
        guard let name, let value else { return nil }
        return .init(name: name, value: value)
    }

    /// One, or a list.
    private static func nodes(_ node: ConfigurationNode?) -> [ConfigurationNode] {
        node.map { $0.isList ? $0.items() : [$0] } ?? []
    }

    private static func texts(_ node: ConfigurationNode?) -> [String] {
        nodes(node).compactMap { $0.text() }
    }

    private static func paths(_ node: ConfigurationNode?) -> [JSONPath] {
        nodes(node).compactMap { $0.parsed(JSONPath.init) }
    }

    /// By its name, or by a path.
    private static func member(_ node: ConfigurationNode) -> JSONPath? {
        guard let text = node.text() else { return nil }
        return text.hasPrefix("$") ? node.parsed(JSONPath.init) : .member(text)
    }

    private static func entries(_ node: ConfigurationNode?) -> [(String, ConfigurationNode)] {
        guard let map = node?.map() else { return [] }
        return map.names.compactMap { name in map.find(name).map { (name, $0) } }
    }

    private static func numbers(_ node: ConfigurationNode) -> [String: Int] {
        let pairs = entries(node).compactMap { text, node in
            node.value("a whole number") { Int($0) }.map { (text, $0) }
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
