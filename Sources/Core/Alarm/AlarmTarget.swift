/// The readings that an alarm looks at. Each series that matches has a state of its own.
package struct AlarmTarget: Hashable, Sendable {
    /// The name of a stream or of a fusion.
    package var stream: String
    package var field: String
    /// Those that the series must carry; others may be anything.
    package var labels: [Series.Label]
    /// Of the series' windows; `nil` for its readings.
    package var aggregate: Aggregate?

    package init(
        stream: String, field: String, labels: [Series.Label] = [], aggregate: Aggregate? = nil
    ) {
        self.stream = stream
        self.field = field
        self.labels = labels
        self.aggregate = aggregate
    }

    package func matches(_ series: Series) -> Bool {
        series.stream == stream && series.field == field
            && labels.allSatisfy { series[label: $0.name] == $0.value }
    }

    /// What a window says to the alarm, at the time of its end; `nil` where it says nothing: its
    /// part is missing, it is still open, or it is a late addition to one that was heard.
    package func reading(of window: WindowRecord) -> Reading? {
        guard window.flags.isDisjoint(with: [.early, .amendment]), let aggregate,
            let number = window[aggregate]
        else { return nil }
        return Reading(time: window.end, number: number, quality: window.quality)
    }
}
