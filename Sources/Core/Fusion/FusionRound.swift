/// Gathers one reading of each input. A round ends when the last input has come, when an
/// input comes a second time, when a reading is too far from the others in time, or when
/// nothing more comes.
struct FusionRound: Hashable, Sendable {
    enum Outcome: Hashable, Sendable {
        case value(FusedValue)
        case belowQuorum(at: Timestamp)
    }

    private struct Slot: Hashable, Sendable {
        var time: Timestamp
        var number: Number
    }

    /// How long a round waits for a missing input beyond the tolerance, by arrival.
    private static let grace: Microseconds = 1_000_000
    private var slots: [Slot?]
    private(set) var lastArrival = Timestamp.epoch

    init(inputs: Int) { slots = Array(repeating: nil, count: inputs) }

    /// - Parameter number: calibrated.
    /// - Returns: what the reading completes: a round ended by it, and perhaps its own.
    mutating func add(
        _ number: Number, at time: Timestamp, arrival: Timestamp, input: Int, plan: FusionPlan
    ) -> [Outcome] {
        var completed: [Outcome] = []
        if slots[input] != nil || !isNear(time, plan.tolerance) {
            completed += [end(plan)].compactMap { $0 }
        }
        slots[input] = Slot(time: time, number: number)
        lastArrival = arrival
        if slots.allSatisfy({ $0 != nil }) { completed += [end(plan)].compactMap { $0 } }
        return completed
    }

    /// Whether a round is open and nothing more has come for long enough.
    func isDue(now: Timestamp, waitingSince: Timestamp, plan: FusionPlan) -> Bool {
        guard slots.contains(where: { $0 != nil }) else { return false }
        let silentSince = lastArrival > now ? waitingSince : max(lastArrival, waitingSince)
        return now - silentSince >= plan.tolerance + Self.grace
    }

    mutating func tick(
        now: Timestamp, waitingSince: Timestamp, plan: FusionPlan
    ) -> Outcome? {
        isDue(now: now, waitingSince: waitingSince, plan: plan) ? end(plan) : nil
    }

    private func isNear(_ time: Timestamp, _ tolerance: Microseconds) -> Bool {
        slots.allSatisfy { slot in
            slot.map { abs($0.time - time) <= tolerance } ?? true
        }
    }

    /// `nil` for a round without a reading.
    mutating func end(_ plan: FusionPlan) -> Outcome? {
        let readings = slots.enumerated().compactMap { index, slot in
            slot.map { (input: index, number: $0.number) }
        }
        let time = slots.compactMap { $0?.time }.max()
        slots = Array(repeating: nil, count: slots.count)
        guard let time else { return nil }
        guard readings.count >= plan.quorum else { return .belowQuorum(at: time) }
        return .value(plan.fuse(readings, at: time))
    }
}

extension FusionRound {
    func encode(into writer: inout ByteWriter) {
        writer.time(lastArrival)
        writer.count(slots.count)
        for slot in slots {
            writer.byte(slot == nil ? 0 : 1)
            guard let slot else { continue }
            writer.time(slot.time)
            writer.number(slot.number)
        }
    }

    init(from reader: inout ByteReader, inputs: Int) throws(FormatError) {
        lastArrival = try reader.time()
        slots = []
        guard try reader.count() == inputs else { throw .malformed("a round of another fusion") }
        for _ in 0..<inputs {
            let isFilled = try reader.byte() == 1
            slots.append(
                isFilled ? Slot(time: try reader.time(), number: try reader.measured()) : nil)
        }
    }
}
