/// Tumbling windows in event time.
package struct WindowPlan: Hashable, Sendable {
    package let layout: WindowLayout
    let size: Microseconds
    /// How far behind the latest reading of its series a reading may be.
    package let lateness: Microseconds
    /// How long a series may be silent before its windows close without it.
    package let idle: Microseconds
    let needs: AggregateNeeds

    /// Adds count and sum where a mean is asked for, since it is made of them.
    package init(
        size: Microseconds, lateness: Microseconds, idle: Microseconds, aggregates: [Aggregate]
    ) {
        var complete = aggregates
        if aggregates.contains(.mean) {
            for part in [Aggregate.sum, .count] where !aggregates.contains(part) {
                complete.insert(part, at: 0)
            }
        }
        self.size = size
        layout = WindowLayout(shape: .tumbling(size: size), aggregates: complete)
        self.lateness = lateness
        self.idle = idle
        needs = AggregateNeeds(complete)
    }

    /// Windows begin at multiples of their size since 1970.
    func start(of time: Timestamp) -> Timestamp {
        let (quotient, _) = time.microseconds.quotientAndFloorRemainder(size)
        return Timestamp(microseconds: quotient * size)
    }
}
