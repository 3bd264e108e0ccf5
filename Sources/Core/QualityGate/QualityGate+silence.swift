/// Silence goes by arrival, and is told from a clock that nobody sets.
extension QualityGate {
    /// When the series becomes stale if nothing more comes. A silence that began after `now`
    /// is that of a clock set back: it begins anew.
    ///
    /// - Parameter waitingSince: since when the broker has been handing over what it has.
    /// - Returns: `nil` where it is stale already, or never becomes so.
    package func staleTime(
        now: Timestamp, waitingSince: Timestamp, rules: QualityRules
    ) -> Timestamp? {
        guard let stale = rules.stale, !isStale else { return nil }
        return (lastArrival > now ? waitingSince : max(lastArrival, waitingSince)) + stale
    }

    /// Whether `tick` would say that the series has become stale.
    package func isDue(now: Timestamp, waitingSince: Timestamp, rules: QualityRules) -> Bool {
        staleTime(now: now, waitingSince: waitingSince, rules: rules).map { $0 <= now } ?? false
    }

    /// - Returns: true once, when the series has become stale; the next reading ends it.
    package mutating func tick(
        now: Timestamp, waitingSince: Timestamp, rules: QualityRules
    ) -> Bool {
        guard isDue(now: now, waitingSince: waitingSince, rules: rules) else { return false }
        isStale = true
        return true
    }
}
