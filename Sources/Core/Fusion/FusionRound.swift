/// Gathers one reading of each input.
struct FusionRound: Hashable, Sendable {
    /// How long a round waits for a missing input beyond the tolerance, by arrival.
    private static let grace: Microseconds = 1_000_000
    private var slots: [Reading?]
    private(set) var lastArrival = Timestamp.epoch

    init(inputs: Int) { slots = Array(repeating: nil, count: inputs) }

    private var isOpen: Bool { slots.contains { $0 != nil } }

    /// Whether the reading belongs to the next round.
    func isEnded(by time: Timestamp, input: Int, tolerance: Microseconds) -> Bool {
        guard isOpen else { return false }
        return slots[input] != nil
            || slots.contains { slot in
                slot.map { abs($0.time - time) > tolerance } ?? false
            }
    }

    mutating func put(_ reading: Reading, arrival: Timestamp, input: Int) {
        slots[input] = reading
        lastArrival = arrival
    }

    /// Whether no live input is missing.
    func isComplete(_ liveness: InputLiveness, now: Timestamp, stale: Microseconds?) -> Bool {
        slots.indices.allSatisfy { input in
            slots[input] != nil || !liveness.isLive(input, now: now, stale: stale)
        }
    }

    /// When the round ends if nothing more comes; `nil` if none is open.
    func due(now: Timestamp, waitingSince: Timestamp, tolerance: Microseconds) -> Timestamp? {
        guard isOpen else { return nil }
        let silentSince = lastArrival > now ? waitingSince : max(lastArrival, waitingSince)
        return silentSince + (tolerance + Self.grace)
    }

    /// Hands the readings over and begins anew. Whether there were any.
    mutating func move(
        into frame: inout FusionFrame, _ liveness: InputLiveness, now: Timestamp,
        stale: Microseconds?
    ) -> Bool {
        var latest: Timestamp?
        for input in slots.indices {
            let slot = slots[input]
            if let slot { latest = latest.map { max($0, slot.time) } ?? slot.time }
            frame.fill(input, slot, isLive: liveness.isLive(input, now: now, stale: stale))
            slots[input] = nil
        }
        guard let latest else { return false }
        frame.time = latest
        return true
    }
}

extension FusionRound {
    func encode(into writer: inout ByteWriter) {
        writer.time(lastArrival)
        for slot in slots {
            writer.byte(slot == nil ? 0 : 1)
            if let slot { writer.reading(slot) }
        }
    }

    init(from reader: inout ByteReader, inputs: Int) throws(FormatError) {
        lastArrival = try reader.time()
        slots = []
        for _ in 0..<inputs {
            let isFilled = try reader.flag()
            slots.append(isFilled ? try reader.reading() : nil)
        }
    }
}
