internal import Core

/// Tells what the broker hands over again from what is new, and what the broker lost from
/// the packet ids of what is new.
///
/// After a lost connection the broker sends again, in order and with the same packet ids,
/// what it has no acknowledgement for; of that, what was committed is a prefix. A message
/// is known by packet id and content, and only until the first that is not.
package struct RedeliveryFilter: Sendable {
    /// Half of the packet ids: those that the broker gives next are never among them.
    package static let span = 32_768
    /// Packet ids are 1 to this.
    private static let highest = 65_535

    private struct Seen: Sendable {
        var order: UInt64 = 0
        var hash: UInt64 = 0
    }

    /// How the packet id of a new message follows the newest.
    package enum Step: Hashable, Sendable {
        /// The broker gives a client's messages one number after another, those included
        /// that its queue has no room for.
        case forward(missing: Int)
        /// The broker came back with an older state of our session, or with another one.
        case back
    }

    /// By packet id; empty until there is one.
    private var seen: [Seen] = []
    private var order: UInt64 = 0
    private var isRedelivering = false
    /// Nothing has come over this connection yet.
    private var isFirst = false
    /// The next message is behind the newest, and what is known in between is void.
    private var isRewinding = false
    /// The newest packet id; 0 for none yet.
    private var newest: UInt16 = 0
    /// The session is a new one: its first packet id is 1.
    private var isNew = false

    package init() {}

    /// A connection is up. Without a session at the broker nothing comes again.
    package mutating func connected(sessionPresent: Bool) {
        if sessionPresent {
            isRedelivering = true
            isFirst = true
        } else {
            self = RedeliveryFilter()
            isNew = true
        }
    }

    /// Whether the message was handed over before. If not, ask for its `step`, and `note` it.
    ///
    /// - Parameter packetID: 0 for QoS 0, which never comes again.
    package mutating func isRedelivered(packetID: UInt16, hash: UInt64) -> Bool {
        guard isRedelivering, packetID != 0, !seen.isEmpty else { return false }
        let known = seen[Int(packetID)]
        if known.order > 0, order - known.order < Self.span, known.hash == hash {
            isFirst = false
            return true
        }
        isRedelivering = false
        return false
    }

    /// How a new message's packet id follows. To be asked once, before it is noted.
    package mutating func step(to packetID: UInt16) -> Step {
        guard packetID != 0 else { return .forward(missing: 0) }
        defer { isFirst = false }
        guard newest != 0 else { return .forward(missing: isNew ? Int(packetID) - 1 : 0) }
        let step = distance(to: packetID)
        // A session of which we did not hear that it is new begins at 1, too. That so many
        // were dropped that 1 comes next is the less likely story.
        let isAnother = isFirst && packetID == 1 && step > 1
        if (1...Self.span).contains(step), !isAnother { return .forward(missing: step - 1) }
        isRewinding = true
        return .back
    }

    /// The step of the next message is `back`: for who learns it from the journal.
    package mutating func rewind() { isRewinding = true }

    /// Remembers a new message.
    package mutating func note(packetID: UInt16, hash: UInt64) {
        guard packetID != 0 else { return }
        if seen.isEmpty { seen = Array(repeating: Seen(), count: Self.highest + 1) }
        forgetUpTo(packetID)
        order += 1
        seen[Int(packetID)] = Seen(order: order, hash: hash)
        newest = packetID
    }

    /// What had the ids that were passed over, one way or the other, never comes again.
    private mutating func forgetUpTo(_ packetID: UInt16) {
        defer { isRewinding = false }
        guard newest != 0 else { return }
        let isBack = isRewinding || !(1...Self.span).contains(distance(to: packetID))
        let last = isBack ? newest : packetID
        var id = isBack ? packetID : newest
        while id != last {
            id = id % UInt16(Self.highest) + 1
            if id != packetID { seen[Int(id)] = Seen() }
        }
    }

    private func distance(to packetID: UInt16) -> Int {
        (Int(packetID) - Int(newest) + Self.highest) % Self.highest
    }

    package static func hash(topic: Span<UInt8>, payload: Span<UInt8>) -> UInt64 {
        ByteHash.message(topic: topic, payload: payload)
    }
}
