/// Gathers one reading of each input. A round ends when the last input has come, when an
/// input comes a second time, or when a reading is too far from the others in time.
struct FusionRound: Hashable, Sendable {
    private struct Slot: Hashable, Sendable {
        var time: Timestamp
        var number: Number
    }

    private var slots: [Slot?]

    init(inputs: Int) { slots = Array(repeating: nil, count: inputs) }

    /// - Returns: the values of the rounds that this reading completes: one ended by it and
    ///   perhaps its own.
    mutating func add(
        _ number: Number, at time: Timestamp, input: Int, plan: FusionPlan
    ) -> [FusedValue] {
        var completed: [FusedValue] = []
        if slots[input] != nil || !isNear(time, plan.tolerance) {
            completed += end(plan)
        }
        slots[input] = Slot(
            time: time, number: plan.inputs[input].calibration.apply(number))
        if slots.allSatisfy({ $0 != nil }) { completed += end(plan) }
        return completed
    }

    private func isNear(_ time: Timestamp, _ tolerance: Microseconds) -> Bool {
        slots.allSatisfy { slot in
            slot.map { abs($0.time - time) <= tolerance } ?? true
        }
    }

    private mutating func end(_ plan: FusionPlan) -> [FusedValue] {
        let readings = slots.enumerated().compactMap { index, slot in
            slot.map { (input: index, number: $0.number) }
        }
        let time = slots.compactMap { $0?.time }.max()
        slots = Array(repeating: nil, count: slots.count)
        guard let time, readings.count >= plan.quorum else { return [] }
        return [plan.fuse(readings, at: time)]
    }
}

extension FusionRound {
    func encode(into writer: inout ByteWriter) {
        writer.count(slots.count)
        for slot in slots {
            writer.byte(slot == nil ? 0 : 1)
            guard let slot else { continue }
            writer.time(slot.time)
            writer.number(slot.number)
        }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        slots = []
        for _ in 0..<(try reader.count()) {
            let isFilled = try reader.byte() == 1
            slots.append(
                isFilled ? Slot(time: try reader.time(), number: try reader.number()) : nil)
        }
    }
}
