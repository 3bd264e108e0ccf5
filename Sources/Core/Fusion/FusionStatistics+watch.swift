extension FusionStatistics {
    /// How many readings alike it takes.
    private static let leastRepeats: UInt32 = 10

    /// Judges the inputs after a round. Of those that drift, the worst first and one a round:
    /// it pulls the others' residuals along until it is left out.
    mutating func watch(
        _ frame: FusionFrame, _ plan: FusionPlan, _ watch: FusionPlan.Watch,
        emit: (FusionOutcome) -> Void
    ) {
        var worst: (input: Int, excess: Double)?
        var active = 0
        for index in inputs.indices {
            let place = frame.places[index]
            guard place.reading != nil, frame.shares[index].verdict != .bad else { continue }
            let isStuck = inputs[index].isStuck
            let input = inputs[index]
            let bias = input.bias.magnitude / place.variance.squareRoot() / watch.limit
            let longBias =
                plan.inputs[index].sigma.map { input.longBias.magnitude / $0 / watch.longLimit }
                ?? 0
            if inputs[index].isDrifting {
                if bias < 0.5, longBias < 0.8 {
                    inputs[index].isDrifting = false
                    notify(index, .drift, isRaised: false, frame.time, emit)
                }
            } else if !isStuck {
                active += 1
                let excess = max(bias, longBias)
                if excess > worst?.excess ?? 1 { worst = (index, excess) }
            }
            if isStuck, inputs[index].run.repeats == 0 {
                inputs[index].isStuck = false
                notify(index, .stuck, isRaised: false, frame.time, emit)
            }
        }
        guard active >= 3 else { return }
        if let worst {
            inputs[worst.input].isDrifting = true
            active -= 1
            notify(worst.input, .drift, isRaised: true, frame.time, emit)
        }
        for index in inputs.indices where active >= 3 && !inputs[index].isStuck {
            let place = frame.places[index]
            guard place.reading != nil, inputs[index].run.repeats >= Self.leastRepeats,
                inputs[index].run.movement > watch.stuck * place.scatter.squareRoot()
            else { continue }
            inputs[index].isStuck = true
            active -= 1
            notify(index, .stuck, isRaised: true, frame.time, emit)
            // How far it was off was no drift.
            inputs[index].bias = 0
        }
    }

    private func notify(
        _ index: Int, _ cause: MaintenanceNotice.Cause, isRaised: Bool, _ time: Timestamp,
        _ emit: (FusionOutcome) -> Void
    ) {
        emit(
            .maintenance(
                MaintenanceNotice(
                    input: index, cause: cause, isRaised: isRaised, bias: inputs[index].bias,
                    time: time)))
    }
}
