/// A series, where its readings go, and what is open of it.
struct SeriesState: Sendable {
    let series: Series
    var windows = SeriesWindows()
    /// Derived from the plan; `nil` where the plan no longer has the stream.
    var window: WindowPlan?
    var calibration = Calibration.identity
    /// Derived from the plan: the fusions that take this series, and as which input.
    var feeds: [(fusion: Int, input: Int)] = []

    init(_ series: Series) { self.series = series }
}

/// A topic, and the numbers of its series by field once they are known.
struct TopicRoute: Sendable {
    /// `nil` where no stream's pattern matches.
    var stream: Int?
    var labels: [Series.Label] = []
    var series: [SeriesID?] = []
}

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
