/// How the readings of a series become windows. By reference, since each reading asks it.
package final class WindowPlan: Hashable, Sendable {
    package enum Clock: Hashable, Sendable {
        /// The readings' own times.
        case event
        /// When they arrived ("processing time").
        case arrival
    }

    package let layout: WindowLayout
    package let clock: Clock
    /// How far the watermark trails the latest reading: readings out of order by no more are
    /// never late.
    package let delay: Microseconds
    /// For how long behind the watermark a window that was shipped is still revised
    /// ("allowed lateness").
    package let lateness: Microseconds
    /// How long a source may be silent before its windows close without it.
    package let idle: Microseconds
    /// Tumbling and hopping windows begin at multiples of their size, or hop, since 1970 plus
    /// this.
    package let offset: Microseconds
    /// Of calendar windows.
    package let calendar: WindowCalendar?
    /// A session that lasts for so long is closed just after its last reading.
    package let longestSession: Microseconds?
    /// An open window is shipped each so long, as far as it is known.
    package let early: Microseconds?
    /// Whether several topics lead to one series, each with a clock of its own.
    package let hasManySources: Bool
    let needs: AggregateNeeds
    let signal: SignalPlan

    /// Adds count and sum where a mean is asked for, since it is made of them.
    ///
    /// - Parameters:
    ///   - idle: `nil` for the window's size, of calendars a day, and the delay.
    ///   - isUncertainBad: OPC UA Part 13, "TreatUncertainAsBad".
    ///   - rollover: where a counter begins anew at zero; `nil` where it only does so when it is
    ///     reset.
    package init(
        _ shape: WindowShape, aggregates: [Aggregate], clock: Clock = .event,
        delay: Microseconds = 0, lateness: Microseconds = 0, idle: Microseconds? = nil,
        offset: Microseconds = 0, calendar: WindowCalendar? = nil,
        longestSession: Microseconds? = nil, early: Microseconds? = nil,
        isUncertainBad: Bool = false, rollover: Double? = nil, hasManySources: Bool = false
    ) {
        var complete = aggregates
        if aggregates.contains(.mean) {
            for part in [Aggregate.sum, .count] where !aggregates.contains(part) {
                complete.insert(part, at: 0)
            }
        }
        layout = WindowLayout(shape: shape, aggregates: complete)
        self.clock = clock
        self.delay = clock == .arrival ? 0 : delay
        self.lateness = lateness
        self.idle = idle ?? Self.usualIdle(shape) + delay
        self.offset = offset
        self.calendar = calendar
        self.longestSession = longestSession
        self.early = early
        self.hasManySources = hasManySources
        needs = AggregateNeeds(complete)
        let states = complete.compactMap {
            if case .durationInState(let state) = $0 { state } else { nil }
        }
        signal = SignalPlan(
            states: states, rollover: rollover, isUncertainBad: isUncertainBad)
    }

    var states: [Int32] { signal.states }

    private static func usualIdle(_ shape: WindowShape) -> Microseconds {
        switch shape {
        case .tumbling(let size): size
        case .hopping(_, let hop): hop
        case .sliding(let size, _): size
        case .session(let gap): gap
        case .count: 60_000_000
        case .calendar: 86_400_000_000
        }
    }

    func isBad(_ quality: Quality) -> Bool {
        quality.level == .bad || (signal.isUncertainBad && quality.level == .uncertain)
    }

    package static func == (left: WindowPlan, right: WindowPlan) -> Bool {
        left.layout == right.layout && left.clock == right.clock && left.delay == right.delay
            && left.lateness == right.lateness && left.idle == right.idle
            && left.offset == right.offset && left.calendar == right.calendar
            && left.longestSession == right.longestSession && left.early == right.early
            && left.hasManySources == right.hasManySources && left.signal == right.signal
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(layout)
        hasher.combine(delay)
        hasher.combine(idle)
    }
}
