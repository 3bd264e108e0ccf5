internal import Core
internal import Yams

/// Gathers mistakes while a file is read to its end.
final class MistakeList {
    let file: String
    private(set) var list: [Mistake] = []

    init(file: String) { self.file = file }

    func add(_ problem: String, key: String? = nil, line: Int? = nil, source: String? = nil) {
        list.append(
            Mistake(source: source ?? file, line: line, key: key, problem: problem))
    }
}

/// A value of the file, with its place: for errors that say where.
struct ConfigurationNode {
    let node: Node
    let key: String
    let mistakes: MistakeList

    var isMap: Bool { node.mapping != nil }
    var line: Int? { node.mark?.line }

    func mistake(_ problem: String) {
        mistakes.add(problem, key: key.isEmpty ? nil : key, line: line)
    }

    /// The value as text; a mistake where it is a list or a map.
    func text() -> String? {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            mistake("expected one value")
            return nil
        }
        return scalar.string
    }

    /// The value as `parse` reads it; a mistake where it can't.
    func value<T>(_ expectation: String, _ parse: (String) -> T?) -> T? {
        guard let text = text() else { return nil }
        guard let value = parse(text) else {
            mistake("'\(text)': expected \(expectation)")
            return nil
        }
        return value
    }

    func items() -> [ConfigurationNode] {
        guard case .sequence(let sequence) = node else {
            mistake("expected a list")
            return []
        }
        return sequence.enumerated().map { index, item in
            ConfigurationNode(node: item, key: "\(key)[\(index + 1)]", mistakes: mistakes)
        }
    }

    func map() -> ConfigurationMap? {
        guard case .mapping(let mapping) = node else {
            mistake("expected keys and values")
            return nil
        }
        return ConfigurationMap(mapping, key: key, line: line, mistakes: mistakes)
    }
}

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
        asked.append(name)
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
