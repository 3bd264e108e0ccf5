internal import Yams

/// Keys and values of which each key must be asked for: the others are mistakes.
final class ConfigurationMap {
    let key: String
    let line: Int?
    let mistakes: MistakeList
    private let entries: [(name: String, line: Int?, node: Node)]
    private var asked: [String] = []

    init(_ mapping: Node.Mapping, key: String, line: Int?, mistakes: MistakeList) {
        self.key = key
        self.line = line
        self.mistakes = mistakes
        entries = mapping.map { ($0.key.string ?? "?", $0.key.mark?.line, $0.value) }
    }

    var names: [String] { entries.map(\.name) }

    func find(_ name: String) -> ConfigurationNode? {
        if !asked.contains(name) { asked.append(name) }
        return entries.first { $0.name == name }.map {
            ConfigurationNode(node: $0.node, key: path(name), mistakes: mistakes)
        }
    }

    func require(_ name: String, _ purpose: String) -> ConfigurationNode? {
        let found = find(name)
        if found == nil {
            mistakes.add("missing: \(purpose)", key: path(name), line: line)
        }
        return found
    }

    /// Reports the keys that nobody asked for.
    func finish() {
        for entry in entries where !asked.contains(entry.name) {
            let known = asked.filter { !$0.isEmpty }.joined(separator: ", ")
            mistakes.add(
                "unknown key; here are: \(known)", key: path(entry.name), line: entry.line)
        }
    }

    private func path(_ name: String) -> String { key.isEmpty ? name : "\(key).\(name)" }
}
