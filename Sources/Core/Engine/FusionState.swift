/// A fusion and the series of its value, spread and inputs.
struct FusionState: Sendable {
    var fuser: Fuser
    var series: [SeriesID?] = [nil, nil, nil]
    /// Which series each input takes; the first that matches.
    var bound: [SeriesID?]

    init(_ plan: FusionPlan) {
        fuser = Fuser(plan)
        bound = Array(repeating: nil, count: plan.inputs.count)
    }
}
