/// Topics that say the same of different things.
struct LearnedPattern: Sendable {
    struct Kind: Hashable {
        let levels: Int
        let last: String
        let root: String
        let metrics: [String]
        let isNumber: Bool
    }

    /// `+` where they differ.
    private(set) var levels: [String]
    private(set) var example: String
    private(set) var topics = 0
    private(set) var messages = 0
    private(set) var series = 0
    private(set) var metrics: [String: LearnedTopic.Metric] = [:]
    private(set) var problem: String?
    private(set) var isNumber = true

    init(levels: [String]) {
        self.levels = levels
        example = levels.joined(separator: "/")
    }

    mutating func take(_ other: [String], _ topic: LearnedTopic) {
        for index in levels.indices where levels[index] != other[index] { levels[index] = "+" }
        topics += 1
        messages += topic.messages
        problem = problem ?? topic.problem
        isNumber = isNumber && topic.isNumber
        for (name, metric) in topic.metrics {
            series += metric.series.count
            var known = metrics[name] ?? LearnedTopic.Metric()
            known.unit = known.unit ?? metric.unit
            known.isCounter = known.isCounter || metric.isCounter
            known.least = min(known.least, metric.least)
            known.most = max(known.most, metric.most)
            metrics[name] = known
        }
    }

    /// With a capture for each level that differs.
    var topic: String {
        var captures = 0
        return levels.map { level in
            guard level == "+" else { return level }
            captures += 1
            return Self.captures.indices.contains(captures - 1)
                ? "{\(Self.captures[captures - 1])}" : "{level\(captures)}"
        }.joined(separator: "/")
    }

    private static let captures = ["device", "part", "channel"]
}
