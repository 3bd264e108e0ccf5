/// A series, where its readings go, and what is open of it.
///
/// What each reading touches comes first: a cache line of 64 bytes, however many series.
struct SeriesState: Sendable {
    /// One for each of the plan's.
    var windows: [SeriesWindows] = []
    /// Derived from the plan.
    var correction = OutOfLine<Correction>()
    /// Part of it derived from the plan.
    var duties = OutOfLine<SeriesDuties>()
    /// Derived from the plan: the fusions that take this series, and as which input.
    var feeds: [(fusion: Int, input: Int)] = []
    /// Derived: when it was last put into the queue to be looked at.
    var queued: Timestamp?
    /// Derived: the place of its stream or fusion in `Engine.windowPlans`.
    var node: Int32?
    /// Derived: whether it is among `Engine.openSeries`.
    var isOpen = false
    let series: Series
    /// How far the windows of the plan before were, while another takes over.
    var formerWatermark: Timestamp?

    init(_ series: Series) { self.series = series }
}
