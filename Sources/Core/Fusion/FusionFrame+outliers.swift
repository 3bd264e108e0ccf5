extension FusionFrame {
    /// Leaves out what is too far from the others, the worst first, as long as `least` remain.
    ///
    /// - Parameter isRated: whether the variances can be judged by.
    /// - Returns: whether what remains is consistent, as far as the test can tell.
    mutating func rejectOutliers(
        _ test: FusionPlan.Outliers, least: Int, isRated: Bool
    ) -> Bool {
        switch test {
        case .none: return true
        case .hampel(let factor, let floor): return rejectHampel(factor, floor, least)
        case .chiSquare(let test): return !isRated || rejectInconsistent(test, least)
        }
    }

    private mutating func rejectHampel(_ factor: Double, _ floor: Double, _ least: Int) -> Bool {
        guard order.count >= 3 else { return true }
        let middle = median
        distances.removeAll(keepingCapacity: true)
        for input in order { distances.append((places[input].value - middle).magnitude) }
        distances.sort()
        let half = distances.count / 2
        let deviation =
            distances.count.isMultiple(of: 2)
            ? (distances[half - 1] + distances[half]) / 2 : distances[half]
        let limit = factor * max(1.4826 * deviation, floor)
        // The furthest is at one of the ends.
        while let low = order.first, let high = order.last {
            let below = (places[low].value - middle).magnitude
            let above = (places[high].value - middle).magnitude
            guard max(below, above) > limit else { return true }
            guard order.count > least else { return false }
            reject(below > above ? low : high, .outlier)
        }
        return true
    }

    private mutating func rejectInconsistent(
        _ test: FusionPlan.ConsistencyTest, _ least: Int
    ) -> Bool {
        while order.count >= 2 {
            var total = 0.0
            var weights = 0.0
            for input in order {
                total += places[input].value / places[input].variance
                weights += 1 / places[input].variance
            }
            let mean = total / weights
            var sum = 0.0
            var worst = (input: order[0], excess: -1.0)
            for input in order {
                let deviation = places[input].value - mean
                let square = deviation * deviation
                sum += square / places[input].variance
                // The variance of a deviation from a mean that it is part of.
                let excess = square / (places[input].variance - 1 / weights)
                if excess > worst.excess { worst = (input, excess) }
            }
            guard sum > test.threshold(inputs: order.count) else { return true }
            guard order.count >= 3, order.count > least else { return false }
            reject(worst.input, .outlier)
        }
        return true
    }
}
