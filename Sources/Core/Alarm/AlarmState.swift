/// An alarm on one series: a comparator with hysteresis, then the delays, then latching.
///
/// **Time.** What a reading said holds until the next one with a say. While readings come,
/// delays go by their own times: a delay that ran out between two readings has run out, whatever
/// the second one says. When none comes, delays go on by the time since the last one arrived.
/// So the same delay ends at the same reading's time whether it was a tick or a reading that
/// found out.
///
/// **Order.** A reading older than the latest is late and has no say. When nothing newer has
/// arrived for `patience`, or the gateway's clock was set back, it is the sensor's clock that
/// went back: the reading counts, and a running delay keeps what it had.
package struct AlarmState: Hashable, Sendable {
    /// What was said last; `cleared` in the beginning.
    package private(set) var announced = EventRecord.State.cleared
    /// Whether the condition holds.
    private var holds = false
    /// Since when it has held, or not.
    private var since = Timestamp.epoch
    /// The time of what was said last.
    private var changed = Timestamp.epoch
    /// The last reading with a say; of a condition that goes by arrival with that for its time.
    private var last: Reading?
    private var lastArrival = Timestamp.epoch

    private static let patience: Microseconds = 10_000_000
    /// Steps of the gateway's clock below this are not counted as such.
    private static let clockStep: Microseconds = 2_000_000

    package init() {}

    private var isOn: Bool { announced == .active || announced == .acknowledged }

    /// - Parameters:
    ///   - arrival: when it came.
    ///   - waitingSince: since when there has been somebody to hear from: silence before is ours.
    package mutating func take(
        _ reading: Reading, arrival: Timestamp, waitingSince: Timestamp, plan: AlarmPlan,
        emit: (AlarmTransition) -> Void
    ) {
        guard plan.condition.heeds(reading.quality) else { return }
        var reading = reading
        if case .stale(let span) = plan.condition {
            reading.time = arrival
            if last != nil, arrival >= lastArrival {
                let onset = silentSince(arrival, waitingSince).moved(span)
                _ = beginSilence(onset, arrival, plan, emit)
            }
        }
        if let last, reading.time < last.time {
            guard !(0..<Self.patience).contains(arrival - lastArrival) else { return }
            setClock(back: reading.time - last.time)
        } else if last != nil {
            advance(to: reading.time, plan, emit)
        }
        let verdict = plan.condition.holds(
            reading, after: last, held: holds, deadband: plan.deadband)
        if verdict != holds {
            holds = verdict
            since = reading.time
        }
        last = reading
        lastArrival = arrival
        advance(to: reading.time, plan, emit)
    }

    /// When `tick` would say something if nothing came until then; `nil`: never.
    ///
    /// - Parameter now: tells a clock that was set back since the last arrival.
    package func due(now: Timestamp, waitingSince: Timestamp, plan: AlarmPlan) -> Timestamp? {
        guard let last else { return nil }
        let silentSince = silentSince(now, waitingSince)
        guard case .stale(let span) = plan.condition else {
            // From the readings' clock to that of arrivals.
            return next(plan).map { silentSince.moved($0 - last.time) }
        }
        let onset = silentSince.moved(span)
        if holds { return next(plan) }
        guard isOn else { return onset.moved(plan.onDelay) }
        // Over, but silent again before the delay ends: it stays.
        let over = since.moved(plan.offDelay)
        return over < onset ? next(plan) : repetition(plan)
    }

    /// Time passes without a reading. It changes nothing unless it says something.
    ///
    /// - Returns: whether it did.
    package mutating func tick(
        now: Timestamp, waitingSince: Timestamp, plan: AlarmPlan,
        emit: (AlarmTransition) -> Void
    ) -> Bool {
        guard let last, let due = due(now: now, waitingSince: waitingSince, plan: plan), due <= now
        else { return false }
        let silentSince = silentSince(now, waitingSince)
        guard case .stale(let span) = plan.condition else {
            return advance(to: last.time.moved(now - silentSince), plan, emit)
        }
        let spoke = beginSilence(silentSince.moved(span), now, plan, emit)
        return advance(to: now, plan, emit) || spoke
    }

    /// A person has seen it.
    ///
    /// - Returns: what changes: an active alarm is acknowledged, a latched one is over.
    package mutating func acknowledge(at time: Timestamp) -> AlarmTransition? {
        switch announced {
        case .active: announced = .acknowledged
        case .latched: announced = .cleared
        case .cleared, .acknowledged: return nil
        }
        return transition(at: time)
    }

    /// What was said last, once more, for a broker that may have missed it: after a restart, or
    /// after messages were lost. `nil` where there never was anything to say.
    package var restated: AlarmTransition? {
        changed == .epoch ? nil : transition(at: changed, isRepeated: true)
    }

    /// Silence that is too long begins, unless what was pending comes first.
    ///
    /// - Returns: whether that came.
    private mutating func beginSilence(
        _ onset: Timestamp, _ now: Timestamp, _ plan: AlarmPlan, _ emit: (AlarmTransition) -> Void
    ) -> Bool {
        guard !holds, onset <= now else { return false }
        let spoke = advance(to: onset.moved(-1), plan, emit)
        holds = true
        since = onset
        return spoke
    }

    /// The readings' clock went back: what was measured by it goes along.
    private mutating func setClock(back step: Microseconds) {
        since = since.moved(step)
        changed = changed.moved(step)
    }

    private func silentSince(_ now: Timestamp, _ waitingSince: Timestamp) -> Timestamp {
        if lastArrival - now > Self.clockStep { return min(waitingSince, now) }
        return min(max(lastArrival, waitingSince), max(now, lastArrival))
    }

    /// The next moment of the readings' clock at which there is something to say.
    private func next(_ plan: AlarmPlan) -> Timestamp? {
        let pending = holds == isOn ? nil : since.moved(holds ? plan.onDelay : plan.offDelay)
        guard let repeated = repetition(plan) else { return pending }
        return min(pending ?? repeated, repeated)
    }

    private func repetition(_ plan: AlarmPlan) -> Timestamp? {
        announced == .active ? plan.repetition.map(changed.moved) : nil
    }

    /// Says what is to be said up to this moment of the readings' clock; of repetitions the last.
    @discardableResult
    private mutating func advance(
        to time: Timestamp, _ plan: AlarmPlan, _ emit: (AlarmTransition) -> Void
    ) -> Bool {
        var spoke = false
        if holds != isOn {
            let due = since.moved(holds ? plan.onDelay : plan.offDelay)
            if due <= time {
                let waits = plan.isLatching && announced == .active
                announced = holds ? .active : waits ? .latched : .cleared
                changed = max(changed, due)
                emit(transition(at: changed))
                spoke = true
            }
        }
        if let repetition = plan.repetition, announced == .active, repetition > 0,
            time - changed >= repetition
        {
            changed = changed + (time - changed) / repetition * repetition
            emit(transition(at: changed, isRepeated: true))
            spoke = true
        }
        return spoke
    }

    private func transition(at time: Timestamp, isRepeated: Bool = false) -> AlarmTransition {
        AlarmTransition(
            state: announced, time: time, value: last?.number, quality: last?.quality ?? .good,
            isRepeated: isRepeated)
    }
}

extension AlarmState {
    package func encode(into writer: inout ByteWriter) {
        writer.byte(announced.rawValue)
        writer.byte((holds ? 1 : 0) | (last == nil ? 0 : 2))
        guard let last else { return }
        writer.time(since)
        writer.time(changed)
        writer.time(lastArrival)
        writer.time(last.time)
        writer.number(last.number)
        writer.quality(last.quality)
    }

    package init(from reader: inout ByteReader) throws(FormatError) {
        let code = try reader.byte()
        guard let state = EventRecord.State(rawValue: code) else {
            throw .malformed("an alarm in state \(code)")
        }
        announced = state
        let flags = try reader.byte()
        guard flags <= 3, flags != 1, flags == 3 || flags == 2 || state == .cleared else {
            throw .malformed("an alarm with flags \(flags)")
        }
        holds = flags & 1 == 1
        guard flags & 2 == 2 else { return }
        since = try reader.time()
        changed = try reader.time()
        lastArrival = try reader.time()
        last = Reading(
            time: try reader.time(), number: try reader.measured(), quality: try reader.quality())
    }
}

extension Timestamp {
    /// So much later, but not outside of 1970 to 9999, whatever the span.
    fileprivate func moved(_ span: Microseconds) -> Timestamp {
        let (sum, overflow) = microseconds.addingReportingOverflow(span)
        if overflow { return span < 0 ? .epoch : .latest }
        return min(max(Timestamp(microseconds: sum), .epoch), .latest)
    }
}
