internal import Core

/// How the values of an aggregate follow from those of two others in the same window, so that
/// they need not travel.
struct Derivation {
    private let aggregate: Aggregate
    /// The places of the two in the layout.
    private let parts: (Int, Int)

    /// `nil` for an aggregate that follows from none, or from some that are not there.
    init?(of aggregate: Aggregate, in aggregates: [Aggregate]) {
        let names: (Aggregate, Aggregate)
        switch aggregate {
        case .mean: names = (.count, .sum)
        case .range: names = (.max, .min)
        case .delta: names = (.last, .first)
        default: return nil
        }
        guard let first = aggregates.firstIndex(of: names.0),
            let second = aggregates.firstIndex(of: names.1)
        else { return nil }
        self.aggregate = aggregate
        parts = (first, second)
    }

    /// - Parameter columns: `nil` for a derived one, which is never a part.
    /// - Returns: `nil` where a part is missing.
    func column(_ columns: [[Number?]?]) -> [Number?]? {
        guard let first = columns[parts.0], let second = columns[parts.1] else { return nil }
        return zip(first, second).map(value)
    }

    /// The same here and at the receiver, whatever scale a column was brought to in between.
    private func value(_ first: Number?, _ second: Number?) -> Number? {
        guard let first = first?.normalized, let second = second?.normalized else { return nil }
        let value: Number =
            aggregate == .mean ? .mean(count: first, sum: second) : first - second
        // The mean of nothing; a range beyond all doubles.
        return value.double.isFinite ? value : nil
    }
}
