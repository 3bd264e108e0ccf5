/// What a window says of its readings. A reading of bad quality counts in those of quality
/// alone (OPC UA Part 13, 5.4.2.2: a bad value is no data).
package enum Aggregate: Hashable, Sendable {
    /// How many readings that are not bad.
    case count
    /// Exact where the readings are decimals.
    case sum
    /// `sum / count`; shipped as nothing, since the receiver has both.
    case mean
    case min
    case max
    /// The value with the earliest time; of equal times the one that came first.
    case first
    /// The value with the latest time; of equal times the one that came last.
    case last
    /// The sample standard deviation (divisor n - 1); 0 for a single reading.
    case standardDeviation
    /// `max - min`.
    case range
    /// `last - first`.
    case delta
    /// The sample variance (divisor n - 1); 0 for a single reading.
    case variance
    /// The integral over the time that it is known for, divided by that time: the signal is a
    /// line from reading to reading (OPC UA Part 13, 5.4.3.5, "TimeAverage").
    case timeAverage
    /// The same of a signal that stays as it is until the next reading ("TimeAverage2").
    case timeAverageStepped
    /// In the unit times seconds (OPC UA Part 13, 5.4.3.7, "Total").
    case integral
    /// "Total2": of a stepped signal.
    case integralStepped
    /// Of a counter: what it went up by, resets and rollovers taken into account.
    case increase
    /// `increase` a second.
    case rate
    /// Seconds in which a stepped signal had this value ("DurationInStateZero" and its like).
    case durationInState(Int32)
    /// How often a stepped signal changed ("NumberOfTransitions").
    case transitions
    /// How many different values.
    case distinct
    /// Of the window's time, stepped, the part for which the value was good ("PercentGood").
    case percentGood
    case percentBad
    /// Seconds ("DurationGood").
    case durationGood
    case durationBad
    /// 0 good, 1 uncertain, 2 bad ("WorstQuality2": the start bound included).
    case worstQuality
    /// The signal at the window's start ("StartBound"), a line between readings.
    case startBound
    case endBound
    /// How many readings were bad.
    case countBad
    /// The nearest-rank quantile, in hundredths of a percent (p95 is 9,500), from an
    /// exponential histogram.
    case quantile(UInt16)

    /// The name in configuration and export: `count`, `stddev`, `p95`, `p99.9`, `duration_in_0`.
    package var name: String {
        switch self {
        case .quantile(let hundredths):
            "p\(Number.decimal(mantissa: Int64(hundredths), scale: 2))"
        case .durationInState(let state): "\(Self.durationPrefix)\(state)"
        default: Self.names[Self.simple.firstIndex(of: self)!]
        }
    }

    /// `nil` for a name that there is not.
    package init?(name: String) {
        if let index = Self.names.firstIndex(of: name) {
            self = Self.simple[index]
        } else if name.hasPrefix(Self.durationPrefix),
            let state = Int32(name.dropFirst(Self.durationPrefix.count))
        {
            self = .durationInState(state)
        } else if name.hasPrefix("p"),
            let percent = Number(parsing: Array(name.utf8.dropFirst()).span),
            let hundredths = percent.mantissa(at: 2), (1..<10_000).contains(hundredths)
        {
            self = .quantile(UInt16(hundredths))
        } else {
            return nil
        }
    }

    /// Those without a parameter, by their code on the wire.
    package static let simple: [Aggregate] = [
        .count, .sum, .mean, .min, .max, .first, .last, .standardDeviation, .range, .delta,
        .variance, .timeAverage, .timeAverageStepped, .integral, .integralStepped, .increase,
        .rate, .transitions, .distinct, .percentGood, .percentBad, .durationGood, .durationBad,
        .worstQuality, .startBound, .endBound, .countBad,
    ]

    private static let durationPrefix = "duration_in_"
    private static let names = [
        "count", "sum", "mean", "min", "max", "first", "last", "stddev", "range", "delta",
        "variance", "time_average", "time_average_stepped", "integral", "integral_stepped",
        "increase", "rate", "transitions", "distinct", "percent_good", "percent_bad",
        "duration_good", "duration_bad", "worst_quality", "start_bound", "end_bound", "count_bad",
    ]
}
