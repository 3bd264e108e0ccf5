/// A topic with the names of columns in braces: `plant/testbed/{experiment}/{column}`, where
/// `{column}` is the name of the value's own column and any other name that row's value there.
package struct TopicTemplate: Hashable, Sendable {
    private enum Part: Hashable, Sendable {
        case text(String)
        case ownName
        case column(String)
    }

    private let parts: [Part]

    package init(_ text: String) throws(SimulatorError) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw SimulatorError(
                    "topic '\(text)': '{' without '}'", advice: "write {column} or a column's name")
            }
            let name = String(rest[rest.index(after: open)..<close])
            parts.append(.text(String(rest[..<open])))
            parts.append(name == "column" ? .ownName : .column(name))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        guard !text.isEmpty, !text.contains(where: { $0 == "+" || $0 == "#" }) else {
            throw SimulatorError(
                "topic '\(text)' can't be published to",
                advice: "a topic is not empty and holds neither '+' nor '#'")
        }
        self.parts = parts
    }

    /// The columns whose values stand in the topic.
    package var columns: [String] {
        parts.compactMap { if case .column(let name) = $0 { name } else { nil } }
    }

    /// - Parameter value: the row's text in the column of this name.
    package func topic(column: String, value: (String) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .ownName: Self.level(column)
            case .column(let name): Self.level(value(name))
            }
        }.joined()
    }

    /// One level of a topic: what has a meaning in topics and filters becomes '-'.
    private static func level(_ text: String) -> String {
        String(text.map { "/+#".contains($0) ? "-" : $0 })
    }
}
