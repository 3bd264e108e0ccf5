extension FusionStatistics {
    /// How many readings alike it takes.
    private static let leastRepeats: UInt32 = 10

    /// Judges the inputs after a round. Of those that drift, the worst first and one a round:
    /// it pulls the others' residuals along until it is left out.
    mutating func watch(
        _ frame: FusionFrame, _ watch: FusionPlan.Watch, emit: (FusionOutcome) -> Void
    ) {
        var worst: (input: Int, excess: Double)?
        var active = 0
        for index in inputs.indices {
            let place = frame.places[index]
            guard place.reading != nil, frame.shares[index].verdict != .bad else { continue }
            let isStuck = inputs[index].isStuck
            let drift = inputs[index].bias.magnitude / place.variance.squareRoot()
            if inputs[index].isDrifting {
                if drift < watch.limit / 2 {
                    inputs[index].isDrifting = false
                    notify(index, .drift, isRaised: false, frame.time, emit)
                }
            } else if !isStuck {
                active += 1
                if drift > worst?.excess ?? watch.limit { worst = (index, drift) }
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
