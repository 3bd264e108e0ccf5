extension FusionFrame {
    /// Sets the variances: those of the statistics, or of the plan alone.
    ///
    /// - Returns: whether inputs can be judged by them.
    mutating func rate(_ plan: FusionPlan, _ statistics: FusionStatistics?) -> Bool {
        if let statistics { return statistics.rate(&self, plan) }
        guard plan.variances != nil else { return false }
        for input in places.indices {
            let sigma = plan.inputs[input].sigma ?? 1
            places[input].weightVariance = sigma * sigma
        }
        return false
    }

    func value(
        _ estimate: FusionEstimator.Estimate, isConsistent: Bool, _ plan: FusionPlan
    ) -> FusedValue {
        let spread = spread
        var quality = estimate.quality
        var others = Quality.Reasons()
        var used = 0
        for (input, share) in shares.enumerated() {
            switch share.verdict {
            case .used:
                used += 1
                if let reading = places[input].reading { quality.worsen(reading.quality) }
            case .missing, .stale: others.insert(.stale)
            case .bad, .uncertain:
                others.formUnion(places[input].reading?.quality.reasons ?? [])
            case .outlier, .gated, .drifting, .outvoted: others.insert(.disagreement)
            case .stuck: others.insert(.stuck)
            }
        }
        if used < plan.full ?? plan.inputs.count {
            quality.worsen(Quality(.uncertain, others))
        }
        if !isConsistent || plan.agreement.map({ spread.double > $0 }) ?? false {
            quality.worsen(Quality(.uncertain, .disagreement))
        }
        return FusedValue(
            reading: Reading(time: time, number: estimate.number, quality: quality),
            spread: spread, inputs: order.count, provenance: shares)
    }
}
