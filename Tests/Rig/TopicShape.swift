/// A stream's topic, `plant/{line}/{device}/temperature`, as the test understands it.
struct TopicShape {
    private let levels: [Substring]

    init(_ topic: String) { levels = topic.split(separator: "/", omittingEmptySubsequences: false) }

    /// The labels that a topic gives; nil when it is not of this shape.
    func labels(of topic: String) -> [String: String]? {
        let given = topic.split(separator: "/", omittingEmptySubsequences: false)
        guard given.count == levels.count else { return nil }
        var labels: [String: String] = [:]
        for (level, value) in zip(levels, given) {
            if level.hasPrefix("{"), level.hasSuffix("}") {
                labels[String(level.dropFirst().dropLast())] = String(value)
            } else if level != value {
                return nil
            }
        }
        return labels
    }
}
