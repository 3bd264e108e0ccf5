internal import Core
internal import Yams

/// A value of the file, with its place: for errors that say where.
struct ConfigurationNode {
    let node: Node
    let key: String
    let mistakes: MistakeList

    var isMap: Bool { node.mapping != nil }
    var isList: Bool { node.sequence != nil }
    var line: Int? { node.mark?.line }

    func mistake(_ problem: String) {
        mistakes.add(problem, key: key.isEmpty ? nil : key, line: line)
    }

    /// Of what can be done and never should: no mistake in a text that a gateway ran under.
    func objection(_ problem: String) {
        if !mistakes.isOfStore { mistake(problem) }
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

    /// The value as `parse` reads it; what `parse` throws is the mistake.
    func parsed<Parsed, Failure: Error & CustomStringConvertible>(
        _ parse: (String) throws(Failure) -> Parsed
    ) -> Parsed? {
        guard let text = text() else { return nil }
        do {
            return try parse(text)
        } catch {
            mistake(error.description)
            return nil
        }
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
