internal import Core

/// Messages for the local broker that were lost, gathered into one gap record a minute.
struct LostPublications: Hashable, Sendable {
    private static let interval: Microseconds = 60_000_000
    private var count: UInt64 = 0
    private var since = Timestamp.epoch
    private var last = Timestamp.epoch

    mutating func add(_ lost: Int, at time: Timestamp) {
        guard lost > 0 else { return }
        if count == 0 { since = time }
        count += UInt64(lost)
        last = time
    }

    /// What is due; it is the caller's from then on.
    mutating func take(at now: Timestamp) -> GapRecord? {
        // A clock set back makes nothing wait longer.
        guard count > 0, !(0..<Self.interval).contains(now - since) else { return nil }
        defer { self = LostPublications() }
        return GapRecord(
            cause: .localPublishDropped, subject: "broker.publisher", from: since, to: last,
            count: count,
            detail: "not published on the local broker: it was away for longer than the queue "
                + "lasts, or its access list refuses the topic; see the gateway's log")
    }
}
