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
    /// A message that was retained from before: it has a packet id, and nothing else to say.
    case passed(packetID: UInt16)
    /// The broker dropped so many messages before what follows.
    case dropped(Int, at: Timestamp)
    /// The plan with this number in the store takes over.
    case plan(Int64)
}
