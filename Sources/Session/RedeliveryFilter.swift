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

    package init() {}

    /// A connection is up. Without a session at the broker nothing comes again.
    package mutating func connected(sessionPresent: Bool) {
        if sessionPresent {
            isRedelivering = true
        } else {
            self = RedeliveryFilter()
        }
    }

    /// Whether the message was handed over before. If not, it is remembered.
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
        note(packetID: packetID, hash: hash)
        return false
    }

    /// Remembers a message that was committed.
    package mutating func note(packetID: UInt16, hash: UInt64) {
        guard packetID != 0 else { return }
        order += 1
        seen[Int(packetID)] = Seen(order: order, hash: hash)
    }

    package static func hash(topic: Span<UInt8>, payload: Span<UInt8>) -> UInt64 {
        ByteHash.hash(payload, seed: ByteHash.hash(topic))
    }
}
