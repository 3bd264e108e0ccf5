package import Core

/// What the session decides apart from the connection: which messages are new, when a commit
/// is due, and when acknowledgements may go out. Its caller does the I/O.
package struct Reception {
    private let handler: any SessionHandler
    private let settings: SessionSettings
    private var filter = RedeliveryFilter()
    /// The broker answered in this turn: our SUBSCRIBE waits to be let out.
    private var hasGreeted = false
    /// When the oldest uncommitted message came, in uptime.
    private var burstBegan: Microseconds?
    /// Whether the broker dropped a message on this connection.
    package private(set) var hasDropped = false

    /// The store refused a commit: nothing of it may be acknowledged, and what the core
    /// knows is ahead of the store. `recover` before anything else.
    package struct CommitFailure: Error {
        package let cause: any Error
    }

    package init(handler: any SessionHandler, settings: SessionSettings) {
        self.handler = handler
        self.settings = settings
    }

    /// Takes up what was committed last.
    package mutating func recover() throws {
        burstBegan = nil
        hasGreeted = false
        filter = try handler.recover()
    }

    /// The same after a commit that failed. What stands in its way may be more than a disk in
    /// trouble, and nobody else looks: the handler is told.
    package mutating func recoverAfterFailure() throws {
        do {
            try recover()
        } catch {
            handler.recoveryFailed(error)
            throw error
        }
    }

    // MARK: What the broker says

    /// The broker took the connection.
    package mutating func connected(sessionPresent: Bool, at time: Timestamp) {
        hasGreeted = true
        hasDropped = false
        filter.connected(sessionPresent: sessionPresent)
        handler.connected(sessionPresent: sessionPresent, at: time)
    }

    /// - Parameter packetID: 0 at QoS 0.
    package mutating func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool,
        at arrival: Timestamp
    ) {
        let hash = RedeliveryFilter.hash(topic: topic, payload: payload)
        switch filter.take(packetID: packetID, hash: hash, at: arrival) {
        case .known:
            handler.recognized()
            return
        case .new(missing: 0): break
        case .new(let missing):
            hasDropped = true
            handler.dropped(missing, at: arrival)
        case .rewound: handler.rewound(at: arrival)
        }
        // What was retained from before the subscription is old news.
        guard !isRetained else {
            handler.passed(packetID: packetID, hash: hash)
            return
        }
        handler.received(packetID: packetID, topic: topic, payload: payload, at: arrival)
    }

    // MARK: When to commit, when to acknowledge

    /// Acknowledgements go out only while nothing is uncommitted.
    package var mayAcknowledge: Bool { !handler.hasUncommitted }

    /// Whether no more is to be read before a commit.
    package var isFull: Bool {
        handler.uncommittedMessages >= settings.commitMessages
            || handler.uncommittedBytes >= settings.commitBytes
    }

    /// Whether the oldest message has waited long enough. To be asked while reading, now and
    /// then: it starts the wait.
    package mutating func isDue(uptime: Microseconds) -> Bool {
        guard handler.hasUncommitted else { return false }
        let began = burstBegan ?? uptime
        burstBegan = began
        return uptime - began >= settings.commitInterval
    }

    /// How long the oldest message may still wait; `nil` where there is none.
    package func timeToCommit(uptime: Microseconds) -> Microseconds? {
        burstBegan.map { max(0, settings.commitInterval - (uptime - $0)) }
    }

    /// Commits if it is due: at once after the broker's answer, since that goes before our
    /// SUBSCRIBE.
    ///
    /// - Returns: whether there was a commit.
    package mutating func commitIfDue(
        force: Bool = false, at time: Timestamp, uptime: Microseconds
    ) throws(CommitFailure) -> Bool {
        let force = force || hasGreeted
        hasGreeted = false
        guard handler.hasUncommitted else {
            burstBegan = nil
            return false
        }
        guard isDue(uptime: uptime) || force || isFull else { return false }
        do {
            try handler.commit(at: time, known: filter)
        } catch {
            throw CommitFailure(cause: error)
        }
        burstBegan = nil
        return true
    }
}
