extension FusionFrame {
    /// The weighted mean of those that are used, and one over its variance.
    func weightedMean() -> (value: Double, information: Double) {
        var total = 0.0
        var weights = 0.0
        for input in order {
            let weight = 1 / places[input].weightVariance
            total += weight * places[input].value
            weights += weight
        }
        return (total / weights, weights)
    }

    /// The mean of those that are used but this one, by the variances of the statistics.
    func mean(without left: Int) -> Double? {
        var total = 0.0
        var weights = 0.0
        for input in order where input != left {
            let weight = 1 / places[input].variance
            total += weight * places[input].value
            weights += weight
        }
        return weights > 0 ? total / weights : nil
    }

    /// Of those that are used; sorted.
    var median: Double {
        let middle = order.count / 2
        let upper = places[order[middle]].value
        guard order.count.isMultiple(of: 2) else { return upper }
        return (places[order[middle - 1]].value + upper) / 2
    }

    /// The largest minus the smallest of those that are used; sorted.
    var spread: Number {
        guard let first = order.first, let last = order.last else { return .zero }
        return number(last) - number(first)
    }
}
