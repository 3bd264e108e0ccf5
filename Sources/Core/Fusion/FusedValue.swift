/// What a round of redundant readings comes to.
package struct FusedValue: Hashable, Sendable {
    package var value: Number
    /// How far the inputs disagree: the largest minus the smallest.
    package var spread: Number
    /// How many inputs took part.
    package var inputs: Int
    package var time: Timestamp

    var numbers: [Number] { [value, spread, Number(inputs)] }
}

extension FusionPlan {
    /// - Parameter readings: an input's place and its calibrated value; at least one.
    func fuse(_ readings: [(input: Int, number: Number)], at time: Timestamp) -> FusedValue {
        let sorted = readings.sorted { $0.number.double < $1.number.double }
        let value =
            switch method {
            case .median: Self.median(sorted.map(\.number))
            case .inverseVariance: weightedMean(readings)
            }
        return FusedValue(
            value: value, spread: sorted[sorted.count - 1].number - sorted[0].number,
            inputs: readings.count, time: time)
    }

    private static func median(_ sorted: [Number]) -> Number {
        let middle = sorted.count / 2
        guard sorted.count.isMultiple(of: 2) else { return sorted[middle] }
        let half = Number.decimal(mantissa: 5, scale: 1)
        return (sorted[middle - 1] + sorted[middle]) * half
    }

    /// Rounded to two places more than the readings have.
    private func weightedMean(_ readings: [(input: Int, number: Number)]) -> Number {
        var total = 0.0
        var weights = 0.0
        var places: UInt8 = 0
        for (input, number) in readings {
            let weight = 1 / (inputs[input].sigma * inputs[input].sigma)
            total += weight * number.double
            weights += weight
            places = max(places, number.scale)
        }
        return Number(total / weights, roundedTo: places + 2) ?? .zero
    }
}
