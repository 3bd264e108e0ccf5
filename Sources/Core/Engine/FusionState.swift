/// A fusion and the series that it makes.
struct FusionState: Sendable {
    var fuser: Fuser
    var series: [SeriesID?]
    /// Which series each input takes; the first that matches.
    var bound: [SeriesID?]

    init(_ plan: FusionPlan) {
        fuser = Fuser(plan)
        series = Array(repeating: nil, count: plan.series.count)
        bound = Array(repeating: nil, count: plan.inputs.count)
    }
}
