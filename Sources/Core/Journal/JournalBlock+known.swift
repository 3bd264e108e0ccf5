extension JournalBlock {
    /// Of an entry only what tells whether the broker hands its message over again. Not for a
    /// block that is replayed.
    ///
    /// - Parameter topics: by number; a message of another is left out.
    package mutating func append(known entry: JournalEntry, topics: [[UInt8]]) {
        switch entry {
        case .message(let topic, let packetID, let arrival, let payload):
            guard Int(topic) < topics.count else { return }
            let name = topics[Int(topic)]
            let hash = ByteHash.message(topic: name.span, payload: payload.span)
            append(known: packetID, hash: hash, at: arrival)
        case .refusal(let refusal):
            append(known: refusal.packetID, hash: refusal.hash, at: refusal.time)
        case .known(let packetID, let hash): append(known: packetID, hash: hash)
        case .connected(sessionPresent: false, _): removeAll()
        case .tick(let time): append(tick: time)
        case .dropped(let count, let time): append(dropped: count, at: time)
        case .rewound(let time): append(rewoundAt: time)
        case .topic, .connected, .evicted, .plan: break
        }
    }
}
