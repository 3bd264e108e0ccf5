internal import Core

/// Tells what the broker hands over again from what is new.
///
/// After a lost connection the broker sends again, in order and with the same packet ids,
/// what it has no acknowledgement for; of that, what was committed is a prefix. A message
/// is known by packet id and content, and only until the first that is not.
package struct RedeliveryFilter: Sendable {
    /// Half of the packet ids: those that the broker gives next are never among them.
    package static let span = 32_768

    private struct Seen: Sendable {
        var order: UInt64 = 0
        var hash: UInt64 = 0
    }

    private var seen = Array(repeating: Seen(), count: 65_536)
    private var order: UInt64 = 0
    private var isRedelivering = false
    /// The newest packet id; 0 for none yet.
    private var newest: UInt16 = 0

    package init() {}

    /// A connection is up. Without a session at the broker nothing comes again.
    package mutating func connected(sessionPresent: Bool) {
        if sessionPresent {
            isRedelivering = true
        } else {
            self = RedeliveryFilter()
        }
    }

    /// Whether the message was handed over before. If not, `note` it.
    ///
    /// - Parameter packetID: 0 for QoS 0, which never comes again.
    package mutating func isRedelivered(packetID: UInt16, hash: UInt64) -> Bool {
        guard packetID != 0 else { return false }
        if isRedelivering {
            let known = seen[Int(packetID)]
            if known.order > 0, order - known.order < Self.span, known.hash == hash {
                return true
            }
            isRedelivering = false
        }
        return false
    }

    /// Remembers a message that was committed.
    package mutating func note(packetID: UInt16, hash: UInt64) {
        guard packetID != 0 else { return }
        order += 1
        seen[Int(packetID)] = Seen(order: order, hash: hash)
        newest = packetID
    }

    /// How many messages the broker numbered and then dropped before this new one. It gives
    /// a client's messages one number after another, those included that its queue has no
    /// room for. To be asked before the message is noted.
    package func missing(before packetID: UInt16) -> Int {
        guard packetID != 0, newest != 0 else { return 0 }
        let step = (Int(packetID) - Int(newest) + 65_535) % 65_535
        // More than half of the way round is a broker that came back with an old state.
        return (1...Self.span).contains(step) ? step - 1 : 0
    }

    /// A message that has a number but never counts: one that was retained.
    package mutating func pass(packetID: UInt16) {
        if packetID != 0 { newest = packetID }
    }

    package static func hash(topic: Span<UInt8>, payload: Span<UInt8>) -> UInt64 {
        ByteHash.hash(payload, seed: ByteHash.hash(topic))
    }
}
