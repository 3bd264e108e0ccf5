package import Core
package import Wire

/// What goes into the store at once, or not at all.
package struct Commit: Sendable {
    /// An encoded `JournalBlock`; empty for none.
    package var journal: [UInt8] = []
    package var messages = 0
    /// With the store's own series numbers.
    package var records = RecordSet()
    package var newSeries: [Series] = []
    package var deadLetters: [DeadLetter] = []
    package var snapshot: Snapshot?
    package var time: Timestamp

    package init(time: Timestamp) { self.time = time }

    /// The parts of the core's state that changed since the one before.
    package struct Snapshot: Sendable {
        package var parts: [SnapshotPart]
        /// The plan that the state belongs to.
        package var plan: Int64
        /// How many series it knows.
        package var series: Int
        /// What the broker may hand over again: takes the place of the journal up to here. `nil`
        /// leaves the journal as it is.
        package var known: JournalBlock?

        package init(
            parts: [SnapshotPart], plan: Int64, series: Int, known: JournalBlock? = nil
        ) {
            self.parts = parts
            self.plan = plan
            self.series = series
            self.known = known
        }

        /// About what is written for it.
        package var byteCount: Int {
            parts.reduce(known?.byteCount ?? 0) { $0 + $1.data.count }
        }
    }
}
