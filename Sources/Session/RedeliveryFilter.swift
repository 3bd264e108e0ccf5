package import Core

/// Tells what the broker hands over again from what is new, and what the broker lost from
/// the packet ids of what is new.
///
/// After a lost connection the broker sends again, in order and with the same packet ids,
/// what it has no acknowledgement for; of that, what was committed comes first. A message
/// is known by its place in that order, its packet id and its content.
///
/// mosquitto 2.0 releases as many messages for each acknowledgement as may be in flight at all,
/// and reads one packet of acknowledgements a turn (`db__message_delete_outgoing`): while a
/// backlog drains, far more than the receive maximum is on its way and unacknowledged, ids
/// that came round included. So what came in the last minute is remembered beyond the
/// span in which ids are unique.
package struct RedeliveryFilter: Sendable {
    /// So many messages are remembered at most.
    package static let limit = HandoverLog.limit

    package enum Verdict: Hashable, Sendable {
        /// It was handed over before.
        case known
        /// The broker gives a client's messages one number after another, those included
        /// that it dropped: so many are missing before this one.
        case new(missing: Int)
        /// It is new, and of a session that is not the one we know: an older state of it, or
        /// another one.
        case rewound
    }

    private enum Phase: Sendable {
        /// Nothing has come over this connection.
        case begun
        /// What came last is at this place of the log.
        case redelivering(Int)
        /// The first new message has come: all that follow are new.
        case past
    }

    private var log = HandoverLog()
    private var phase = Phase.past
    /// The session is a new one: its first packet id is 1.
    private var isNew = false
    /// What the journal says of the message that is next.
    private var isRewound = false
    private var isAfterDrop = false

    package init() {}

    /// A connection is up. Without a session at the broker nothing comes again.
    package mutating func connected(sessionPresent: Bool) {
        if sessionPresent {
            phase = .begun
        } else {
            self = RedeliveryFilter()
            isNew = true
        }
    }

    // MARK: From the broker

    /// A new message is remembered.
    ///
    /// - Parameter packetID: 0 for QoS 0, which never comes again.
    package mutating func take(
        packetID id: UInt16, hash: UInt64, at arrival: Timestamp
    ) -> Verdict {
        guard id != 0 else { return .new(missing: 0) }
        switch phase {
        case .past: break
        case .begun:
            phase = .past
            if let place = beginning(id, hash) {
                phase = .redelivering(place)
                return .known
            }
            if let verdict = first(id, hash) { return verdict }
            if mayBeBehind(id) || isUnknown(id) { return rewind(to: id, hash, arrival) }
        case .redelivering(let place):
            if place + 1 < log.count, let verdict = next(id, hash, after: place) { return verdict }
            phase = .past
            if place + 1 < log.count, !log.isBehind(id) { return rewind(to: id, hash, arrival) }
        }
        let missing = missing(before: id)
        log.append(id, hash, at: arrival)
        return .new(missing: missing)
    }

    /// Where the broker begins again.
    private func beginning(_ id: UInt16, _ hash: UInt64) -> Int? {
        guard let place = log.place(of: id, hash) else { return nil }
        // Further back the id alone means several messages, and a constant value without a
        // time makes them all alike. That one more than the newest is new is likelier.
        let isFar = log.count - place > HandoverLog.span
        return isFar && (missing(before: id) == 0 || !log.isTelling(hash)) ? nil : place
    }

    /// The first of a connection that the broker numbered and had no room to send.
    private mutating func first(_ id: UInt16, _ hash: UInt64) -> Verdict? {
        guard mayBeBehind(id), id != 1, let hole = log.hole(for: id) else { return nil }
        return fill(hole, id, hash)
    }

    private mutating func next(_ id: UInt16, _ hash: UInt64, after place: Int) -> Verdict? {
        if log.holds(id, hash, at: place + 1) {
            phase = .redelivering(place + 1)
            return .known
        }
        if log.hasHole(behind: place, for: id) { return fill(place, id, hash) }
        guard let later = log.place(of: id, hash, from: place + 1) else { return nil }
        phase = .redelivering(later)
        return .known
    }

    /// mosquitto keeps in flight what it could not put on the wire, and goes on behind it:
    /// that comes after all, on the next connection.
    private mutating func fill(_ place: Int, _ id: UInt16, _ hash: UInt64) -> Verdict {
        log.insert(id, hash, at: place + 1)
        phase = .redelivering(place + 1)
        return .new(missing: 0)
    }

    private mutating func rewind(to id: UInt16, _ hash: UInt64, _ arrival: Timestamp?) -> Verdict {
        while !log.isBehind(id) { log.removeLast() }
        log.append(id, hash, at: arrival)
        return .rewound
    }

    /// A session of which we did not hear that it is new begins at 1, too. That so many were
    /// dropped that 1 comes next is the less likely story.
    private func mayBeBehind(_ id: UInt16) -> Bool {
        !log.isBehind(id) || (id == 1 && missing(before: id) > 0)
    }

    /// The broker kept a session of which the journal holds nothing: the store is another one,
    /// or lost what it had.
    private func isUnknown(_ id: UInt16) -> Bool { log.isEmpty && !isNew && id != 1 }

    private func missing(before id: UInt16) -> Int {
        guard let newest = log.newestID else { return isNew ? Int(id) - 1 : 0 }
        return (HandoverLog.distance(from: newest, to: id) + HandoverLog.highestID - 1)
            % HandoverLog.highestID
    }

    // MARK: To the journal and from it

    /// What it remembers: restored, it is this filter again, before the next connection. No
    /// payload is in it.
    package var journal: JournalBlock {
        var block = log.journal
        if block.isEmpty, isNew { block.append(connected: false, at: .epoch) }
        return block
    }

    /// The broker dropped messages before the next one.
    package mutating func restoreDrop() { isAfterDrop = true }

    /// The next message was one of an older state.
    package mutating func restoreRewind() { isRewound = true }

    /// Remembers what `take` had found to be new.
    ///
    /// - Parameter arrival: `nil` where nobody wrote it down.
    package mutating func restore(packetID id: UInt16, hash: UInt64, at arrival: Timestamp?) {
        guard id != 0 else { return }
        defer { (isRewound, isAfterDrop) = (false, false) }
        if isRewound {
            _ = rewind(to: id, hash, arrival)
        } else if !isAfterDrop, missing(before: id) != 0, let hole = log.hole(for: id) {
            log.insert(id, hash, at: hole + 1)
        } else {
            log.append(id, hash, at: arrival)
        }
    }

    package static func hash(topic: Span<UInt8>, payload: Span<UInt8>) -> UInt64 {
        ByteHash.message(topic: topic, payload: payload)
    }
}
