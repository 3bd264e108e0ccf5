/// What the core wants done with what it was told.
package struct Effects: Hashable, Sendable {
    package var windows: [WindowRecord] = []
    package var samples: [SampleRecord] = []
    package var events: [EventRecord] = []
    package var gaps: [GapRecord] = []
    package var deadLetters: [DeadLetter] = []
    /// Of devices.
    package var logs: [LogRecord] = []
    /// Series seen for the first time; their numbers go on from those before.
    package var newSeries: [Series] = []
    /// Not for the store: to be published at once.
    package var publications: [Publication] = []

    package init() {}

    /// Whether nothing is to be kept.
    package var isEmpty: Bool {
        windows.isEmpty && samples.isEmpty && events.isEmpty && gaps.isEmpty
            && deadLetters.isEmpty && logs.isEmpty && newSeries.isEmpty
    }

    package mutating func removeAll() {
        windows.removeAll(keepingCapacity: true)
        samples.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        gaps.removeAll(keepingCapacity: true)
        deadLetters.removeAll(keepingCapacity: true)
        logs.removeAll(keepingCapacity: true)
        newSeries.removeAll(keepingCapacity: true)
        publications.removeAll(keepingCapacity: true)
    }
}
