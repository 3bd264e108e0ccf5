/// Something for the series of a stream that carry certain labels.
package struct SeriesRule<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Empty for all.
    package var labels: [Series.Label]
    /// `nil` for all.
    package var field: String?
    package var value: Value

    package init(labels: [Series.Label] = [], field: String? = nil, value: Value) {
        self.labels = labels
        self.field = field
        self.value = value
    }

    func fits(_ series: Series) -> Bool {
        (field == nil || field == series.field)
            && labels.allSatisfy { series[label: $0.name] == $0.value }
    }
}

extension Array {
    /// The first rule that fits counts.
    func value<Value>(for series: Series) -> Value? where Element == SeriesRule<Value> {
        first { $0.fits(series) }?.value
    }
}
