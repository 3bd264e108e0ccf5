/// Report by exception: of the readings of one series it lets through those that are needed to
/// draw the others again. 120 bytes.
/// Flush it before another plan takes over.
///
/// **How a consumer draws.** The samples without `late`, by time, with steps or lines between
/// them as `ExceptionPlan.Method` says. No reading taken is then further from what is drawn at
/// its time than the deviation. A sample with `late` is a reading that came out of order, or
/// second for its time, and does not lie there: it stands for its own moment alone, for what
/// was left out around it was measured against the others.
package struct ExceptionFilter: Hashable, Sendable {
    /// Begins at the last sample; for a deadband only its ends count.
    private var door: SwingingDoor?
    /// Of the last sample and of the readings since.
    private var quality = Quality.good
    /// When the latest reading of the door came.
    private var lastArrival = Timestamp.epoch

    package init() {}

    /// - Parameters:
    ///   - reading: one that is marked `late` already is reported as it is.
    ///   - arrival: when it came.
    ///   - emit: is called with each sample, at most twice.
    package mutating func take(
        _ reading: Reading, arrival: Timestamp, plan: ExceptionPlan, emit: (Reading) -> Void
    ) {
        if reading.quality.reasons.contains(.late) {
            emit(reading)
            return
        }
        let point = TracePoint(reading)
        guard let latest = door?.held.time else {
            begin(with: reading, arrival, emit)
            return
        }
        guard point.time > latest else {
            if !isCovered(point, of: reading.quality, plan) {
                var alone = reading
                alone.quality.reasons.insert(.late)
                emit(alone)
            }
            return
        }
        let isAfterSilence = point.time - latest > plan.silence
        if reading.quality != quality || isAfterSilence {
            // A step needs no end.
            if isAfterSilence || plan.method == .swingingDoor { flush(emit: emit) }
            begin(with: reading, arrival, emit)
            return
        }
        lastArrival = arrival
        if !isDrawn(point, plan, emit) { begin(with: reading, arrival, emit) }
    }

    /// Reports the latest reading if it has not been: nothing more is to come, or not by this
    /// plan.
    package mutating func flush(emit: (Reading) -> Void) {
        guard let door, door.isHolding else { return }
        emit(Reading(time: door.held.time, number: door.held.number, quality: quality))
        self.door = SwingingDoor(at: door.held)
    }

    /// When the latest reading will have waited for another for too long, by arrival; `nil` where
    /// none waits. A silence that began after `now` is that of a clock set back: it begins anew.
    ///
    /// - Parameter waitingSince: since when the broker has been handing over what it has.
    package func due(now: Timestamp, waitingSince: Timestamp, plan: ExceptionPlan) -> Timestamp? {
        guard let door, door.isHolding else { return nil }
        return (lastArrival > now ? waitingSince : max(lastArrival, waitingSince)) + plan.silence
    }

    package func isDue(now: Timestamp, waitingSince: Timestamp, plan: ExceptionPlan) -> Bool {
        due(now: now, waitingSince: waitingSince, plan: plan).map { $0 <= now } ?? false
    }

    /// Reports the latest reading once the series has been silent for long enough.
    package mutating func tick(
        now: Timestamp, waitingSince: Timestamp, plan: ExceptionPlan, emit: (Reading) -> Void
    ) {
        if isDue(now: now, waitingSince: waitingSince, plan: plan) { flush(emit: emit) }
    }

    private mutating func begin(
        with reading: Reading, _ arrival: Timestamp, _ emit: (Reading) -> Void
    ) {
        emit(reading)
        door = SwingingDoor(at: TracePoint(reading))
        quality = reading.quality
        lastArrival = arrival
    }

    /// Whether a reading that is later than all before may be left out for now.
    private mutating func isDrawn(
        _ point: TracePoint, _ plan: ExceptionPlan, _ emit: (Reading) -> Void
    ) -> Bool {
        guard var next = door else { return false }
        switch plan.method {
        case .deadband:
            guard point.isNear(next.anchor, plan.deviation) else { return false }
            guard point.time - next.anchor.time < plan.maximumInterval else { return false }
            next.move(to: point)
        case .swingingDoor:
            if !next.extend(to: point, plan.deviation) {
                flush(emit: emit)
                next = SwingingDoor(at: next.held)
                _ = next.extend(to: point, plan.deviation)
            }
            guard point.time - next.anchor.time < plan.maximumInterval else { return false }
        }
        door = next
        return true
    }

    /// Whether a reading that is not later than those before lies on what will be drawn.
    private mutating func isCovered(
        _ point: TracePoint, of quality: Quality, _ plan: ExceptionPlan
    ) -> Bool {
        guard quality == self.quality, var next = door, point.time >= next.anchor.time else {
            return false
        }
        if plan.method == .deadband || point.time == next.anchor.time {
            return point.isNear(next.anchor, plan.deviation)
        }
        guard next.cover(point, plan.deviation) else { return false }
        door = next
        return true
    }
}

extension ExceptionFilter {
    package func encode(into writer: inout ByteWriter) {
        writer.byte(door == nil ? 0 : 1)
        guard let door else { return }
        door.encode(into: &writer)
        writer.quality(quality)
        writer.time(lastArrival)
    }

    package init(from reader: inout ByteReader) throws(FormatError) {
        guard try reader.byte() == 1 else { return }
        door = try SwingingDoor(from: &reader)
        quality = try reader.quality()
        lastArrival = try reader.time()
    }
}
