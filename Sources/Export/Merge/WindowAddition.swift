internal import Core

/// A window and an amendment of it, added up: both say what they say of readings of their own.
struct WindowAddition {
    private(set) var window: WindowRecord
    /// What of the window does not hold the amendment's readings.
    private(set) var unmerged: Set<Aggregate> = []

    init(_ window: WindowRecord) { self.window = window }

    /// - Precondition: the amendment is of the window's layout.
    mutating func add(_ amendment: WindowRecord) {
        let before = window
        for (place, aggregate) in window.layout.aggregates.enumerated() {
            switch (before.values[place], amendment.values[place]) {
            case (let own?, let other?):
                if let sum = Self.sum(aggregate, own, other) {
                    window.values[place] = sum
                } else if !Self.isMadeOfOthers(aggregate) {
                    unmerged.insert(aggregate)
                }
            // What is said of nothing needs no adding.
            case (let own, let other): window.values[place] = own ?? other
            }
        }
        for (place, aggregate) in window.layout.aggregates.enumerated() {
            guard Self.isMadeOfOthers(aggregate), before.values[place] != nil,
                amendment.values[place] != nil
            else { continue }
            if let value = made(aggregate, before, amendment) {
                window.values[place] = value
            } else {
                unmerged.insert(aggregate)
            }
        }
        window.quality.worsen(amendment.quality)
        window.quality.reasons.insert(.late)
    }

    /// Of two values of one aggregate; `nil` where that is not all that it takes.
    private static func sum(_ aggregate: Aggregate, _ own: Number, _ other: Number) -> Number? {
        switch aggregate {
        case .count, .sum, .countBad: finite(own + other)
        case .min: other.double < own.double ? other : own
        case .max, .worstQuality: other.double > own.double ? other : own
        default: nil
        }
    }

    private static func isMadeOfOthers(_ aggregate: Aggregate) -> Bool {
        switch aggregate {
        case .mean, .range, .standardDeviation, .variance: true
        default: false
        }
    }

    /// Of the sums, which are in the window already.
    private func made(
        _ aggregate: Aggregate, _ before: WindowRecord, _ amendment: WindowRecord
    ) -> Number? {
        switch aggregate {
        case .mean:
            guard let count = window[.count], let sum = window[.sum] else { return nil }
            return Self.finite(.mean(count: count, sum: sum))
        case .range:
            guard let max = window[.max], let min = window[.min] else { return nil }
            return Self.finite(max - min)
        default:
            guard let own = Moments(of: before), let other = Moments(of: amendment),
                let first = before[aggregate], let second = amendment[aggregate]
            else { return nil }
            let variance = own.merged(other).variance
            // As many places as the more exact of the two.
            return Number(
                aggregate == .variance ? variance : variance.squareRoot(),
                roundedTo: max(first.scale, second.scale))
        }
    }

    private static func finite(_ number: Number) -> Number? {
        number.double.isFinite ? number : nil
    }
}

/// Count, mean and sum of squared deviations, as far as a window says them.
private struct Moments {
    private var count: Double
    private var mean: Double
    private var squares: Double

    /// `nil` where the window lacks its count, its mean, or its deviation.
    init?(of window: WindowRecord) {
        guard let count = window[.count]?.double, count > 0,
            let mean = window[.mean]?.double ?? window[.sum].map({ $0.double / count })
        else { return nil }
        if let variance = window[.variance]?.double {
            squares = variance * (count - 1)
        } else if let deviation = window[.standardDeviation]?.double {
            squares = deviation * deviation * (count - 1)
        } else {
            return nil
        }
        self.count = count
        self.mean = mean
    }

    /// Chan, Golub, LeVeque 1979.
    func merged(_ other: Moments) -> Moments {
        var merged = self
        let delta = other.mean - mean
        merged.count += other.count
        merged.mean += delta * other.count / merged.count
        merged.squares += other.squares + delta * delta * count * other.count / merged.count
        return merged
    }

    /// Of the sample (divisor n - 1); 0 for fewer than two values.
    var variance: Double { count > 1 ? max(0, squares) / (count - 1) : 0 }
}
