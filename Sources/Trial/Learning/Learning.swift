package import Core

/// What a broker's messages look like, gathered to write a configuration to start from.
package struct Learning: Sendable {
    /// Topics beyond this many are only counted.
    static let mostTopics = 10_000

    private var decoder: AutomaticDecoder
    private var topics: [String: LearnedTopic] = [:]
    private var first: Timestamp?
    private var last = Timestamp.epoch
    package private(set) var messages = 0
    package private(set) var furtherTopics = 0

    package init(decoder: AutomaticDecoder) { self.decoder = decoder }

    package mutating func take(_ message: RecordedMessage) {
        messages += 1
        first = min(first ?? message.time, message.time)
        last = max(last, message.time)
        let name = String(decoding: message.topic, as: UTF8.self)
        guard topics[name] != nil || topics.count < Self.mostTopics else {
            furtherTopics += 1
            return
        }
        var decoded = Decoded()
        do {
            decoded = try decoder.decode(
                topic: message.topic, payload: message.payload.span, now: message.time)
        } catch {
            decoded.problems = [error.description]
        }
        topics[name, default: LearnedTopic()].take(decoded, payload: message.payload)
    }

    /// Seconds from the first message to the last.
    var seconds: Double { first.map { Double(last - $0) / 1_000_000 } ?? 0 }

    /// Topics of one kind, the most frequent first.
    func patterns() -> [LearnedPattern] {
        var groups: [LearnedPattern.Kind: LearnedPattern] = [:]
        for (name, topic) in topics.sorted(by: { $0.key < $1.key }) {
            let levels = name.split(separator: "/", omittingEmptySubsequences: false).map(
                String.init)
            let kind = LearnedPattern.Kind(
                levels: levels.count, last: levels.last ?? "", root: levels.first ?? "",
                metrics: topic.metrics.keys.sorted(), isNumber: topic.isNumber)
            groups[kind, default: LearnedPattern(levels: levels)].take(levels, topic)
        }
        return groups.values.sorted {
            $0.messages == $1.messages
                ? $0.levels.lexicographicallyPrecedes($1.levels) : $0.messages > $1.messages
        }
    }
}
