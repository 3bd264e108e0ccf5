internal import Core

/// Counts of a trial, for a person.
package struct TrialFigures: Hashable, Sendable {
    /// What the recording has.
    package internal(set) var messages = 0
    /// Left out, as the gateway does: they are of before the subscription.
    package internal(set) var retained = 0
    /// Beyond a limit.
    package internal(set) var refused = 0
    package internal(set) var readings: UInt64 = 0
    package private(set) var windows = 0
    package private(set) var samples = 0
    package private(set) var events = 0
    package private(set) var gaps = 0
    package private(set) var deadLetters = 0
    package private(set) var publications = 0
    /// Series with a window that has not closed.
    package internal(set) var open = 0
    /// In the configuration's order.
    package private(set) var sources: [TrialSource]
    package private(set) var unmatched = UnmatchedTopics()
    /// By topic and by series, the place in `sources`.
    private var topicSources: [Int?] = []
    private var seriesSources: [Int] = []

    init(_ plan: Plan) {
        sources =
            plan.streams.map { TrialSource(name: $0.name, pattern: $0.pattern.text) }
            + plan.fusions.map { TrialSource(name: $0.name, pattern: nil) }
    }

    /// Whether some message was understood.
    package var hasRead: Bool {
        messages - retained - refused - unmatched.messages > deadLetters
    }

    /// A topic that the core got to know; its number is the next one.
    mutating func add(topicOf stream: Int?) {
        topicSources.append(stream)
        if let stream { sources[stream].topics += 1 }
    }

    mutating func count(_ topic: TopicID) {
        if let source = topicSources[Int(topic)] { sources[source].messages += 1 }
    }

    mutating func pass(_ topic: [UInt8]) { unmatched.count(topic) }

    mutating func count(_ effects: Effects) {
        for series in effects.newSeries {
            let source = place(of: series.stream)
            seriesSources.append(source)
            sources[source].series += 1
        }
        for window in effects.windows { sources[seriesSources[Int(window.series)]].windows += 1 }
        for sample in effects.samples { sources[seriesSources[Int(sample.series)]].samples += 1 }
        windows += effects.windows.count
        samples += effects.samples.count
        events += effects.events.count
        gaps += effects.gaps.count
        deadLetters += effects.deadLetters.count
        publications += effects.publications.count
    }

    private mutating func place(of name: String) -> Int {
        if let known = sources.firstIndex(where: { $0.name == name }) { return known }
        sources.append(TrialSource(name: name, pattern: nil))
        return sources.count - 1
    }
}
