/// A time zone's offsets from UTC over time, as a table: the core has no list of zones.
package struct ZoneRules: Hashable, Sendable {
    package struct Change: Hashable, Sendable {
        /// Seconds since 1970 at which it begins.
        package var time: Int64
        /// Seconds east of Greenwich from then on.
        package var offset: Int64

        package init(time: Int64, offset: Int64) {
            self.time = time
            self.offset = offset
        }
    }

    /// Before the first change.
    private let initial: Int64
    private let changes: [Change]

    package static let utc = ZoneRules(initial: 0, changes: [])

    /// - Parameter changes: in order of time.
    package init(initial: Int64, changes: [Change]) {
        self.initial = initial
        self.changes = changes
    }

    /// Seconds east of Greenwich at a moment, in seconds since 1970.
    func offset(at time: Int64) -> Int64 {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initial : changes[low - 1].offset
    }

    /// The moment at which clocks show a local time: of two the first; of none the one at which
    /// they would have shown it without the change.
    ///
    /// - Parameter local: seconds since 1970 as if the zone were UTC.
    func moment(ofLocal local: Int64) -> Int64 {
        // A day before and after: no zone changes twice in between.
        let before = local - offset(at: local - 86_400)
        if offset(at: before) == local - before { return before }
        let after = local - offset(at: local + 86_400)
        return offset(at: after) == local - after ? after : before
    }
}
