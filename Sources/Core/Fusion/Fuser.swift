/// Fuses the readings of several sensors into values, by a plan. A value: readings in, outcomes
/// out, in the same order for the same calls.
package struct Fuser: Sendable {
    private var liveness: InputLiveness
    private var round: FusionRound
    /// Of as-of and grid alignments.
    private var grid: FusionGrid
    private var statistics: FusionStatistics?
    private var estimator: FusionEstimator
    private var frame: FusionFrame

    package init(_ plan: FusionPlan) {
        let inputs = plan.inputs.count
        liveness = InputLiveness(inputs: inputs)
        round = FusionRound(inputs: plan.alignment == .round ? inputs : 0)
        grid = FusionGrid(inputs: plan.alignment == .round ? 0 : inputs)
        statistics = plan.learns ? FusionStatistics(inputs: inputs) : nil
        estimator = FusionEstimator(plan)
        frame = FusionFrame(inputs: inputs)
    }

    /// - Parameters:
    ///   - reading: calibrated.
    ///   - input: its place in the plan.
    ///   - plan: the one that this was made with, here and in all calls.
    package mutating func take(
        _ reading: Reading, input: Int, arrival: Timestamp, plan: FusionPlan,
        emit: (FusionOutcome) -> Void
    ) {
        liveness.heard(input, at: arrival, stale: plan.stale)
        switch plan.alignment {
        case .round:
            if round.isEnded(by: reading.time, input: input, tolerance: plan.tolerance) {
                endRound(now: arrival, plan, emit)
            }
            round.put(reading, arrival: arrival, input: input)
            if round.isComplete(liveness, now: arrival, stale: plan.stale) {
                endRound(now: arrival, plan, emit)
            }
        case .asOf(let leading):
            _ = grid.insert(reading, arrival: arrival, input: input)
            guard leading == nil || leading == input, grid.advance(to: reading.time) else {
                return
            }
            grid.fill(&frame, asOf: reading.time, tolerance: plan.tolerance) {
                liveness.isLive($0, now: arrival, stale: plan.stale)
            }
            conclude(plan, emit)
        case .grid(let every, let resampling, let delay):
            grid.begin(at: reading.time, every: every)
            if let lost = grid.insert(reading, arrival: arrival, input: input) {
                emit(.overflow(input: input, at: lost))
            }
            takePoints(
                now: arrival, waitingSince: .epoch, (every, resampling, delay), plan, emit)
        }
    }

    /// When `tick` does something if nothing more comes; `nil` while nothing waits. Of `now` it
    /// depends only where the clock was set back.
    package func due(now: Timestamp, waitingSince: Timestamp, plan: FusionPlan) -> Timestamp? {
        switch plan.alignment {
        case .round:
            round.due(now: now, waitingSince: waitingSince, tolerance: plan.tolerance)
        case .asOf: nil
        case .grid(_, _, let delay):
            grid.due(now: now, waitingSince: waitingSince, delay: delay)
        }
    }

    package func isDue(now: Timestamp, waitingSince: Timestamp, plan: FusionPlan) -> Bool {
        due(now: now, waitingSince: waitingSince, plan: plan).map { $0 <= now } ?? false
    }

    /// Time passes with nothing left to read.
    ///
    /// - Parameter waitingSince: since when the broker has been handing over what it has.
    package mutating func tick(
        now: Timestamp, waitingSince: Timestamp, plan: FusionPlan, emit: (FusionOutcome) -> Void
    ) {
        guard isDue(now: now, waitingSince: waitingSince, plan: plan) else { return }
        switch plan.alignment {
        case .round: endRound(now: now, plan, emit)
        case .asOf: break
        case .grid(let every, let resampling, let delay):
            takePoints(now: now, waitingSince: waitingSince, (every, resampling, delay), plan, emit)
        }
    }

    /// What waits is fused now: another plan takes over.
    package mutating func end(plan: FusionPlan, emit: (FusionOutcome) -> Void) {
        switch plan.alignment {
        case .round: endRound(now: round.lastArrival, plan, emit)
        case .asOf: break
        case .grid(let every, let resampling, _):
            while grid.isPassed(isLive: { _ in false }) {
                takePoint(plan, every, resampling, isLive: { _ in true }, emit)
            }
        }
    }

    // MARK: Moments

    private mutating func endRound(
        now: Timestamp, _ plan: FusionPlan, _ emit: (FusionOutcome) -> Void
    ) {
        if round.move(into: &frame, liveness, now: now, stale: plan.stale) {
            conclude(plan, emit)
        }
    }

    private mutating func takePoints(
        now: Timestamp, waitingSince: Timestamp,
        _ grid: (every: Microseconds, FusionPlan.Resampling, delay: Microseconds),
        _ plan: FusionPlan, _ emit: (FusionOutcome) -> Void
    ) {
        let liveness = liveness
        let isLive = { (input: Int) in liveness.isLive(input, now: now, stale: plan.stale) }
        while self.grid.isPassed(isLive: isLive)
            || (self.grid.due(now: now, waitingSince: waitingSince, delay: grid.delay)
                .map { $0 <= now } ?? false)
        {
            takePoint(plan, grid.every, grid.1, isLive: isLive, emit)
        }
    }

    private mutating func takePoint(
        _ plan: FusionPlan, _ every: Microseconds, _ resampling: FusionPlan.Resampling,
        isLive: (Int) -> Bool, _ emit: (FusionOutcome) -> Void
    ) {
        let hasReadings = grid.take(
            &frame, every: every, resampling, tolerance: plan.tolerance, isLive: isLive)
        if hasReadings { conclude(plan, emit) }
    }

    /// The readings of a moment are together.
    private mutating func conclude(_ plan: FusionPlan, _ emit: (FusionOutcome) -> Void) {
        frame.admit(quorum: plan.quorum, statistics: statistics)
        let isReady = frame.rate(plan, statistics)
        frame.sort()
        let isConsistent = frame.rejectOutliers(
            plan.outliers, least: max(plan.quorum, 2), isRated: isReady)
        // Below the quorum too: else an input that was left out might never come back.
        statistics?.learn(frame, plan, isReady: isReady)
        let hasQuorum = frame.order.count >= max(plan.quorum, 1)
        if hasQuorum, let estimate = estimator.estimate(&frame, plan) {
            emit(.value(frame.value(estimate, isConsistent: isConsistent, plan)))
        } else if hasQuorum, case .formula = plan.method {
            emit(.undefined(at: frame.time))
        } else {
            emit(.belowQuorum(at: frame.time, provenance: frame.shares))
        }
        if let watch = plan.watch, isReady { statistics?.watch(frame, watch, emit: emit) }
    }
}

extension Fuser {
    package func encode(into writer: inout ByteWriter, plan: FusionPlan) {
        writer.count(plan.inputs.count)
        liveness.encode(into: &writer)
        if plan.alignment == .round {
            round.encode(into: &writer)
        } else {
            grid.encode(into: &writer)
        }
        statistics?.encode(into: &writer)
        estimator.encode(into: &writer, plan)
    }

    /// - Throws: for what was not written under this plan.
    package init(from reader: inout ByteReader, plan: FusionPlan) throws(FormatError) {
        self.init(plan)
        let inputs = plan.inputs.count
        guard try reader.count(ofAtLeast: 1) == inputs else {
            throw .malformed("the state of another fusion")
        }
        liveness = try InputLiveness(from: &reader, inputs: inputs)
        if plan.alignment == .round {
            round = try FusionRound(from: &reader, inputs: inputs)
        } else {
            grid = try FusionGrid(from: &reader, inputs: inputs)
        }
        if plan.learns { statistics = try FusionStatistics(from: &reader, inputs: inputs) }
        estimator = try FusionEstimator(from: &reader, plan)
    }
}
