/// What the core wants done with what it was told.
package struct Effects: Hashable, Sendable {
    package var windows: [WindowRecord] = []
    package var gaps: [GapRecord] = []
    package var deadLetters: [DeadLetter] = []
    /// Series seen for the first time; their numbers go on from those before.
    package var newSeries: [Series] = []

    package init() {}

    package var isEmpty: Bool {
        windows.isEmpty && gaps.isEmpty && deadLetters.isEmpty && newSeries.isEmpty
    }

    package mutating func removeAll() {
        windows.removeAll(keepingCapacity: true)
        gaps.removeAll(keepingCapacity: true)
        deadLetters.removeAll(keepingCapacity: true)
        newSeries.removeAll(keepingCapacity: true)
    }
}
