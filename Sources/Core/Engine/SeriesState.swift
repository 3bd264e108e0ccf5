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
