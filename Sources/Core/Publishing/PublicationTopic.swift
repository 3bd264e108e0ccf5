/// A topic to publish on, with what is put in for `{name}`: `tidegate/{gateway}/alarm/{name}`.
package struct PublicationTopic: Hashable, Sendable {
    /// `TopicPattern` takes it apart; it has neither `+` nor `#`.
    private var pattern: TopicPattern

    /// - Throws: `TopicPattern.Malformed` for what can't be published on (MQTT 5, 4.7).
    package init(_ text: String) throws(TopicPattern.Malformed) {
        pattern = try TopicPattern(text)
        guard !text.hasPrefix("$") else {
            throw .init(text: text, expected: "a topic that does not begin with '$'")
        }
        for level in pattern.levels {
            switch level {
            case .any, .rest:
                throw .init(text: text, expected: "a topic to publish on, without + and #")
            case .literal(let bytes) where bytes.isEmpty:
                throw .init(text: text, expected: "no empty level: no '/' at an end, no '//'")
            case .literal, .capture: break
            }
        }
    }

    package var text: String { pattern.text }

    /// What is to be put in, in order.
    package var names: [String] { pattern.captures }

    /// With a value that is known beforehand, such as the gateway's name.
    package func binding(_ name: String, to value: String) -> PublicationTopic {
        var bound = self
        bound.pattern = pattern.binding(name, to: Self.level(value))
        return bound
    }

    /// Whether some topic that comes of this matches the filter: a gateway that subscribes to it
    /// would hear itself.
    package func meets(_ filter: TopicPattern) -> Bool { pattern.overlaps(filter) }

    /// - Parameter value: what to put in for a name; `nil` where there is nothing.
    package func topic(_ value: (String) -> String?) -> String {
        var text = ""
        for level in pattern.levels {
            if !text.isEmpty { text += "/" }
            switch level {
            case .literal(let bytes): text += String(decoding: bytes, as: UTF8.self)
            case .capture(let name): text += Self.level(value(name) ?? "")
            case .any, .rest: break
            }
        }
        return text
    }

    /// One level of a topic: what has a meaning in topics and filters, or no place in MQTT's
    /// text, becomes '-'.
    private static func level(_ text: String) -> String {
        guard !text.isEmpty else { return "-" }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    switch $0 {
                    case "/", "+", "#", "\0"..."\u{1f}", "\u{7f}"..."\u{9f}": "-"
                    default: $0
                    }
                }))
    }
}
