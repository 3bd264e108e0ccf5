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
        var taken: [(delivery: Delivery, taken: Taken, before: UInt64?)] = []
        var hasConnected = false
        /// When the broker answered that it had no session of ours.
        var newSession: Timestamp?

        /// Whether this is what the last block of the journal holds.
        ///
        /// - Parameter isSnapshot: whether the block has all that is known, and no more.
        func ends(_ last: [JournalEntry], isSnapshot: Bool) -> Bool {
            if isSnapshot { return isKnown(in: last) }
            var sessions: [Timestamp] = []
            var written: [(packetID: UInt16, time: Timestamp?)] = []
            for entry in last {
                switch entry {
                case .message(_, let packetID, let time, _): written.append((packetID, time))
                case .refusal(let refusal): written.append((refusal.packetID, refusal.time))
                case .known(let packetID, _): written.append((packetID, nil))
                case .connected(sessionPresent: false, let time): sessions.append(time)
                default: break
                }
            }
            if let newSession { return sessions.contains(newSession) }
            return sessions.isEmpty
                && written.elementsEqual(taken) { written, taken in
                    written.packetID == taken.delivery.packetID
                        && written.time ?? taken.taken.arrival == taken.taken.arrival
                }
        }

        var counted: [Taken] { taken.filter { !$0.delivery.isRetained }.map(\.taken) }

        /// The numbers of what was taken: all that a snapshot tells of it.
        var numbers: Set<UInt64> { Set(taken.map(\.delivery.number)).subtracting([0]) }

        private func isKnown(in last: [JournalEntry]) -> Bool {
            let known = Set(
                last.compactMap { if case .known(let packetID, _) = $0 { packetID } else { nil } })
            let mine = Set(taken.map(\.delivery.packetID)).subtracting([0])
            return newSession == nil ? mine.isSubset(of: known) : mine == known
        }
    }

    private let meter: Meter
    /// More than one where nobody can tell which of two commits in doubt, alike but for messages
    /// of QoS 0, the store holds.
    private(set) var histories: [[Taken]] = [[]]
    private var committed: Set<Delivery.Identity> = []
    private var pending = Pending()
    /// Commits that threw. They may lie whole in the write-ahead log, for the next start to
    /// find, until something is written over them.
    private var doubtful: [Pending] = []
    /// The journal's last block.
    private var lastBlock: Int64 = 0
    private var newest: Delivery?
    /// The numbers of the newest state of the session that were committed.
    private var numbers: Set<UInt64> = []
    /// The broker said that the session is a new one, and nothing of it has come.
    private var isNew = false
    /// The number that came last over this connection.
    private var last: UInt64?
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
        last = nil
        if !sessionPresent { pending.newSession = time }
    }

    func handedOver(_ delivery: Delivery, at arrival: Timestamp, under variant: Variant.Change) {
        let before = last
        if delivery.number != 0 { last = delivery.number }
        guard !committed.contains(delivery.identity) else {
            meter.count(.redelivered)
            return
        }
        guard !pending.taken.contains(where: { $0.delivery.identity == delivery.identity }) else {
            fail("delivery \(delivery.id) came twice before a commit")
            return
        }
        pending.taken.append(
            (
                delivery, Taken(message: delivery.message, arrival: arrival, variant: variant),
                before
            ))
    }

    func acknowledged(_ delivery: Delivery) {
        guard !committed.contains(delivery.identity) else { return }
        fail(
            "delivery \(delivery.id) (\(delivery.message.topic), packet id \(delivery.packetID)) "
                + "was acknowledged before its commit")
    }

    // MARK: From the gateway

    /// - Parameter block: the journal's last one.
    func commitSucceeded(block: Int64) {
        apply(pending)
        lastBlock = block
        pending = Pending()
        doubtful.removeAll()
    }

    /// The commit threw: of what it held nobody knows.
    func commitFailed() {
        doubtful.append(pending)
        pending = Pending()
    }

    /// The process died.
    func died() { pending = Pending() }

    var isInDoubt: Bool { !doubtful.isEmpty }

    /// - Parameters:
    ///   - block: the journal's last one, and what is in it.
    ///   - isSnapshot: whether it has all that is known, and no more.
    ///   - isStart: what is not there now never comes.
    func resolve(block: Int64, _ last: [JournalEntry], isSnapshot: Bool, isStart: Bool) {
        if block == lastBlock + 1,
            let survivor = doubtful.last(where: { $0.ends(last, isSnapshot: isSnapshot) })
        {
            meter.count(.doubtfulCommitsKept)
            let twins = doubtful.filter {
                isSnapshot && $0.ends(last, isSnapshot: true) && $0.numbers == survivor.numbers
            }
            apply(survivor, orRather: twins.dropLast())
            lastBlock = block
            doubtful.removeAll()
            return
        }
        if isStart { doubtful.removeAll() }
        if block != lastBlock {
            fail("the journal ends with block \(block) where \(lastBlock) was committed")
        }
    }

    private func apply(_ done: Pending, orRather twins: some Sequence<Pending> = []) {
        let others = twins.flatMap { twin in histories.map { $0 + twin.counted } }
        for index in histories.indices { histories[index] += done.counted }
        histories += others
        if done.newSession != nil {
            if hadSession { sessionsLost += 1 }
            newest = nil
            numbers.removeAll()
            isNew = true
        }
        if done.hasConnected { hadSession = true }
        for (delivery, _, before) in done.taken {
            committed.insert(delivery.identity)
            if delivery.number != 0 { follow(delivery, behind: before) }
        }
    }

    /// What the numbers tell of what the broker lost.
    ///
    /// - Parameter before: what came before it over its connection.
    private func follow(_ delivery: Delivery, behind before: UInt64?) {
        defer { numbers.insert(delivery.number) }
        // Nobody can tell it from what was numbered and could not be sent until now.
        if fillsHole(delivery, behind: before) { return }
        defer { newest = delivery }
        guard let newest else {
            if isNew {
                brokerDropped += UInt64(delivery.droppedBefore)
            } else if delivery.packetID != 1 {
                lose(before: delivery)
            }
            return
        }
        let step = (Int(delivery.packetID) - Int(newest.packetID) + 65_535) % 65_535
        // Nobody lived to write down that the session is new, or so it looks.
        let looksNew = before == nil && delivery.packetID == 1 && step > 1
        if newest.session != delivery.session || looksNew {
            if (1...32_768).contains(step), !looksNew {
                brokerDropped += UInt64(step - 1)
            } else {
                lose(before: delivery)
            }
        } else if delivery.number > newest.number {
            // After a relapse numbers are all that anybody can go by.
            brokerDropped +=
                delivery.relapse == newest.relapse
                ? UInt64(delivery.droppedBefore - newest.droppedBefore)
                : delivery.number - newest.number - 1
        } else {
            lose(before: delivery)
        }
    }

    private func fillsHole(_ delivery: Delivery, behind last: UInt64?) -> Bool {
        guard let newest, newest.session == delivery.session else { return false }
        let before = delivery.number - 1
        return delivery.number < newest.number && numbers.contains(before)
            && !numbers.contains(delivery.number) && last ?? before == before
    }

    private func lose(before delivery: Delivery) {
        sessionsLost += 1
        numbers = numbers.filter { $0 < delivery.number }
    }
}
