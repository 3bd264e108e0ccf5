/// What must be kept for the aggregates of a layout.
struct AggregateNeeds: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let moments = AggregateNeeds(rawValue: 1)
    static let histogram = AggregateNeeds(rawValue: 2)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ aggregates: [Aggregate]) {
        self = []
        for aggregate in aggregates {
            switch aggregate {
            case .standardDeviation: insert(.moments)
            case .quantile: insert(.histogram)
            default: break
            }
        }
    }
}
