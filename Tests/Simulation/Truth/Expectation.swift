internal import Core

/// What the messages that were taken ought to come to, worked out in the simplest way.
struct Expectation {
    struct WindowKey: Hashable {
        let series: String
        let start: Int64
        let size: Int64
    }

    /// In hundredths.
    struct Sums: Hashable {
        var count = 0
        var sum: Int64 = 0
        var least = Int64.max
        var most = Int64.min

        mutating func add(_ other: Sums) {
            count += other.count
            sum += other.sum
            least = min(least, other.least)
            most = max(most, other.most)
        }
    }

    struct GapKey: Hashable {
        let cause: GapRecord.Cause
        let subject: String
    }

    private(set) var windows: [WindowKey: Sums] = [:]
    private(set) var readings: [String: Int] = [:]
    private(set) var gaps: [GapKey: UInt64] = [:]
    private(set) var undecodable = 0
    private var topics: Set<String> = []
    private let scenario: Scenario

    init(_ taken: [Truth.Taken], _ scenario: Scenario) {
        self.scenario = scenario
        for one in taken { add(one) }
    }

    private mutating func add(_ taken: Truth.Taken) {
        let message = taken.message
        let topic = message.topic
        if topic.utf8.count > 1_024 {
            miss(.tooLarge, "\(topic.prefix(64))...")
        } else if message.payload.count > Scenario.payloadLimit {
            miss(.tooLarge, topic)
        } else if !topics.contains(topic), topics.count >= scenario.topicLimit {
            miss(.topicLimit, "topics")
        } else {
            topics.insert(topic)
            read(taken)
        }
    }

    private mutating func read(_ taken: Truth.Taken) {
        let message = taken.message
        let parts = message.topic.split(separator: "/")
        let isTank = parts[0] == "tank"
        let stream = isTank ? "level" : String(parts[2])
        let label = isTank ? "{tank=\(parts[1])}" : "{device=\(parts[1])}"
        let size = Variant(taken.variant, scenario).windowSize(of: stream)
        guard let size, !message.readings.isEmpty else {
            miss(.undecodable, message.topic)
            undecodable += 1
            return
        }
        var time = taken.arrival
        if let stated = message.stated, stated - taken.arrival <= 300_000_000 { time = stated }
        for reading in message.readings {
            let series = stream + (reading.field.isEmpty ? "" : ".\(reading.field)") + label
            guard readings[series] != nil || readings.count < scenario.seriesLimit else {
                miss(.seriesLimit, stream)
                continue
            }
            readings[series, default: 0] += 1
            let (quotient, _) = time.microseconds.quotientAndFloorRemainder(size)
            let value = reading.hundredths
            windows[
                WindowKey(series: series, start: quotient * size, size: size), default: Sums()
            ].add(Sums(count: 1, sum: value, least: value, most: value))
        }
    }

    private mutating func miss(_ cause: GapRecord.Cause, _ subject: String) {
        gaps[GapKey(cause: cause, subject: subject), default: 0] += 1
    }
}
