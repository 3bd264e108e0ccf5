/// What a window says of its readings.
package enum Aggregate: Hashable, Sendable {
    /// How many readings.
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
    /// The nearest-rank quantile, in hundredths of a percent (p95 is 9,500), from an
    /// exponential histogram.
    case quantile(UInt16)

    /// The name in configuration and export: `count`, `stddev`, `p95`, `p99.9`.
    package var name: String {
        switch self {
        case .count: "count"
        case .sum: "sum"
        case .mean: "mean"
        case .min: "min"
        case .max: "max"
        case .first: "first"
        case .last: "last"
        case .standardDeviation: "stddev"
        case .quantile(let hundredths):
            "p\(Number.decimal(mantissa: Int64(hundredths), scale: 2))"
        }
    }

    /// `nil` for a name that there is not.
    package init?(name: String) {
        if let simple = Self.simple.first(where: { $0.name == name }) {
            self = simple
            return
        }
        guard name.hasPrefix("p"),
            let percent = Number(parsing: Array(name.utf8.dropFirst()).span),
            let hundredths = percent.mantissa(at: 2), (1..<10_000).contains(hundredths)
        else { return nil }
        self = .quantile(UInt16(hundredths))
    }

    package static let simple: [Aggregate] = [
        .count, .sum, .mean, .min, .max, .first, .last, .standardDeviation,
    ]
}
