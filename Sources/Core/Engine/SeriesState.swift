/// A series, where its readings go, and what is open of it.
struct SeriesState: Sendable {
    let series: Series
    /// One for each of the plan's.
    var windows: [SeriesWindows] = []
    /// How far the windows of the plan before were, while another takes over.
    var formerWatermark: Timestamp?
    /// Derived: the place of its stream or fusion in `Engine.windowPlans`.
    var node: Int?
    /// Derived: when it was last put into the queue to be looked at.
    var queued: Timestamp?
    var conversion = Calibration.identity
    var calibration = Calibration.identity
    /// Part of it derived from the plan.
    var duties = OutOfLine<SeriesDuties>()
    /// Derived from the plan: the fusions that take this series, and as which input.
    var feeds: [(fusion: Int, input: Int)] = []

    init(_ series: Series) { self.series = series }
}
