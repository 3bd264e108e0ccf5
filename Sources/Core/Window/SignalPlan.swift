/// What a signal is asked for beyond what is always kept of it.
struct SignalPlan: Hashable, Sendable {
    /// Those whose durations are summed.
    var states: [Int32]
    /// Where a counter begins anew; `nil` where it only does when it is reset.
    var rollover: Double?
    var isUncertainBad: Bool

    func isKnown(_ point: SignalPoint) -> Bool {
        !(point.quality == .bad || (isUncertainBad && point.quality == .uncertain))
    }

    /// What a counter went up by. A smaller value than before is a rollover where the counter
    /// has one and went on from its upper half to its lower one, else a reset to zero.
    func increase(from before: Double, to after: Double) -> Double {
        guard after < before else { return after - before }
        if let rollover, before <= rollover, before > rollover / 2, after < rollover / 2 {
            return rollover - before + after
        }
        return max(0, after)
    }
}
