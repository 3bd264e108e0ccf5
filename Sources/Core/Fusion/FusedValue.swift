/// What redundant readings of one moment come to.
package struct FusedValue: Hashable, Sendable {
    /// Uncertain where inputs are missing, left out or disagree (`FusionPlan.full`,
    /// `agreement`); the reasons say which.
    package var reading: Reading
    /// How far the inputs that were fused are apart: the largest minus the smallest.
    package var spread: Number
    /// How many inputs took part.
    package var inputs: Int
    /// What each input had to do with it, in their order.
    package var provenance: [InputShare]

    /// In the order of `FusionPlan.series`.
    func numbers(_ plan: FusionPlan) -> [Number] {
        let numbers = [reading.number] + (plan.hasSpread ? [spread] : []) + [Number(inputs)]
        guard plan.hasProvenance else { return numbers }
        return numbers + provenance.map { Number($0.weight, roundedTo: 4) ?? .zero }
            + provenance.map { Number(Int($0.verdict.rawValue)) }
    }
}

/// What an input had to do with a fused value.
package struct InputShare: Hashable, Sendable {
    package enum Verdict: UInt8, CaseIterable, Hashable, Sendable {
        case used = 0
        /// No reading near enough.
        case missing = 1
        /// Silent for longer than `FusionPlan.stale`.
        case stale = 2
        /// Its own quality is bad.
        case bad = 3
        /// Uncertain, and not needed: good ones reach the quorum.
        case uncertain = 4
        /// Too far from the others at this moment.
        case outlier = 5
        /// Too far from what the filter expects.
        case gated = 6
        /// Too far from the others for long.
        case drifting = 7
        /// The same for longer than the others stood still.
        case stuck = 8
        /// Voted, and the majority otherwise.
        case outvoted = 9
    }

    /// As it was fused: calibrated, perhaps interpolated.
    package var value: Number?
    /// Its part of the value; the weights of a value add up to 1. 0 for votes.
    package var weight: Double
    package var verdict: Verdict
}

extension InputShare.Verdict {
    package var name: String {
        switch self {
        case .used: "used"
        case .missing: "missing"
        case .stale: "stale"
        case .bad: "bad"
        case .uncertain: "uncertain"
        case .outlier: "outlier"
        case .gated: "gated"
        case .drifting: "drifting"
        case .stuck: "stuck"
        case .outvoted: "outvoted"
        }
    }
}
