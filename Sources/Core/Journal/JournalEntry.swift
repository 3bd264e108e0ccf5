/// What happened, in the order in which the core was told.
package enum JournalEntry: Hashable, Sendable {
    /// A topic's first appearance; its number follows from the order.
    case topic([UInt8])
    /// `packetID` 0 at QoS 0.
    case message(topic: TopicID, packetID: UInt16, arrival: Timestamp, payload: [UInt8])
    /// A message that was not taken; its hash, since it may be handed over again.
    case refusal(Refusal)
    case connected(sessionPresent: Bool, at: Timestamp)
    case tick(Timestamp)
    /// A message that is known when it comes again, and has nothing else to say: one that was
    /// retained from before, or that came before the store was rescued.
    case known(packetID: UInt16, hash: UInt64)
    /// The broker dropped so many messages before what follows.
    case dropped(Int, at: Timestamp)
    /// What follows is of an older state of the broker's.
    case rewound(at: Timestamp)
    /// The store gave up so many dead letters for newer ones.
    case evicted(Int, at: Timestamp)
    /// The plan with this number in the store takes over.
    case plan(Int64)

    /// Whether it stands for a message that the core was told.
    package var isMessage: Bool {
        switch self {
        case .message, .refusal: true
        default: false
        }
    }

    package var time: Timestamp? {
        switch self {
        case .message(_, _, let time, _), .connected(_, let time), .tick(let time),
            .dropped(_, let time), .rewound(let time), .evicted(_, let time):
            time
        case .refusal(let refusal): refusal.time
        case .topic, .known, .plan: nil
        }
    }
}
