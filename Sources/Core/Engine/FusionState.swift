/// A fusion's round and the series of its value, spread and inputs.
struct FusionState: Sendable {
    var round: FusionRound
    var series: [SeriesID?] = [nil, nil, nil]
    /// Which series each input takes; the first that matches.
    var bound: [SeriesID?]

    init(_ plan: FusionPlan) {
        round = FusionRound(inputs: plan.inputs.count)
        bound = Array(repeating: nil, count: plan.inputs.count)
    }
}
