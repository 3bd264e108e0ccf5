internal import Core

/// What was handed over and committed, by the simulation's own book-keeping: the broker's
/// side and the calls of `commit`, not what the gateway made of it.
final class Truth {
    /// A message that counts, once.
    struct Taken {
        let message: Publication
        /// By the gateway's clock.
        let arrival: Timestamp
        let variant: Variant.Change
    }

    /// What is before its commit.
    private struct Pending {
        var taken: [(delivery: Delivery, taken: Taken)] = []
        var hasConnected = false
        /// When the broker answered that it had no session of ours.
        var newSession: Timestamp?
        var entries = 0
    }

    private let meter: Meter
    private(set) var taken: [Taken] = []
    private var committed: Set<Int> = []
    private var pending = Pending()
    /// Commits that threw: nobody knows yet whether the store holds them.
    private var doubtful: [Pending] = []
    /// Messages that the journal holds.
    private var journaled = 0
    private var newest: Delivery?
    private var hadSession = false
    /// What the gap records must say.
    private(set) var brokerDropped: UInt64 = 0
    private(set) var sessionsLost: UInt64 = 0
    private(set) var failures: [String] = []

    init(_ meter: Meter) { self.meter = meter }

    func fail(_ what: String) { if failures.count < 20 { failures.append(what) } }

    // MARK: From the broker

    func connected(sessionPresent: Bool, at time: Timestamp) {
        pending.hasConnected = true
        if !sessionPresent { pending.newSession = time }
    }

    func handedOver(_ delivery: Delivery, at arrival: Timestamp, under variant: Variant.Change) {
        guard !committed.contains(delivery.id) else {
            meter.count(.redelivered)
            return
        }
        guard !pending.taken.contains(where: { $0.delivery.id == delivery.id }) else {
            fail("delivery \(delivery.id) came twice before a commit")
            return
        }
        pending.taken.append(
            (delivery, Taken(message: delivery.message, arrival: arrival, variant: variant)))
    }

    func acknowledged(_ delivery: Delivery) {
        guard !committed.contains(delivery.id) else { return }
        fail(
            "delivery \(delivery.id) (\(delivery.message.topic), packet id \(delivery.packetID)) "
                + "was acknowledged before its commit")
    }

    // MARK: From the gateway

    /// The gateway takes a message for a new one, and writes it down with the next commit.
    func noted() { pending.entries += 1 }

    func commitSucceeded() {
        apply(pending)
        pending = Pending()
    }

    /// The commit threw: of what it held nobody knows.
    func commitFailed() {
        if pending.entries > 0 || pending.hasConnected { doubtful.append(pending) }
        pending = Pending()
    }

    /// The process died.
    func died() { pending = Pending() }

    var isInDoubt: Bool { !doubtful.isEmpty }

    /// - Parameters:
    ///   - messages: that the store's journal holds.
    ///   - last: its last block.
    func resolve(messages: Int, last: [JournalEntry]) {
        defer { doubtful.removeAll() }
        let sessions = last.compactMap { entry -> Timestamp? in
            if case .connected(sessionPresent: false, let time) = entry { time } else { nil }
        }
        let survivor = doubtful.last { attempt in
            journaled + attempt.entries == messages
                && (attempt.newSession.map(sessions.contains) ?? (attempt.entries > 0))
        }
        if let survivor {
            meter.count(.doubtfulCommitsKept)
            apply(survivor)
        } else if messages != journaled {
            fail("the journal holds \(messages) messages where \(journaled) were committed")
        }
    }

    private func apply(_ done: Pending) {
        if done.newSession != nil {
            if hadSession { sessionsLost += 1 }
            newest = nil
        }
        if done.hasConnected { hadSession = true }
        for (delivery, taken) in done.taken {
            committed.insert(delivery.id)
            if delivery.number != 0 { follow(delivery) }
            if !delivery.isRetained { self.taken.append(taken) }
        }
        journaled += done.entries
    }

    /// What the numbers tell of what the broker lost.
    private func follow(_ delivery: Delivery) {
        defer { newest = delivery }
        guard let newest else { return }
        if newest.session != delivery.session {
            // Nobody lived to write down that the session is new. Of 65,535 nothing but 1
            // can follow.
            if newest.packetID != 65_535 { sessionsLost += 1 }
        } else if delivery.number > newest.number {
            // After a relapse numbers are all that anybody can go by.
            brokerDropped +=
                delivery.relapse == newest.relapse
                ? UInt64(delivery.droppedBefore - newest.droppedBefore)
                : delivery.number - newest.number - 1
        } else {
            sessionsLost += 1
        }
    }
}
