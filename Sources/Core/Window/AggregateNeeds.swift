/// What must be kept for the aggregates of a layout, beyond what always is.
struct AggregateNeeds: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let moments = AggregateNeeds(rawValue: 1)
    static let histogram = AggregateNeeds(rawValue: 2)
    static let distinct = AggregateNeeds(rawValue: 4)
    /// The readings in their order in time.
    static let signal = AggregateNeeds(rawValue: 8)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ aggregates: [Aggregate]) {
        self = []
        for aggregate in aggregates {
            switch aggregate {
            case .standardDeviation, .variance: insert(.moments)
            case .quantile: insert(.histogram)
            case .distinct: insert(.distinct)
            case .timeAverage, .timeAverageStepped, .integral, .integralStepped, .increase, .rate,
                .durationInState, .transitions, .percentGood, .percentBad, .durationGood,
                .durationBad, .worstQuality, .startBound, .endBound:
                insert(.signal)
            case .count, .sum, .mean, .min, .max, .first, .last, .range, .delta, .countBad: break
            }
        }
    }
}
