extension JournalBlock {
    /// Of an entry only what tells whether the broker hands its message over again.
    ///
    /// - Parameter topics: by number; a message of another is left out.
    package mutating func append(known entry: JournalEntry, topics: [[UInt8]]) {
        switch entry {
        case .message(let topic, let packetID, _, let payload):
            guard Int(topic) < topics.count else { return }
            let name = topics[Int(topic)]
            let hash = ByteHash.message(topic: name.span, payload: payload.span)
            append(known: packetID, hash: hash)
        case .refusal(let refusal): append(known: refusal.packetID, hash: refusal.hash)
        case .known(let packetID, let hash): append(known: packetID, hash: hash)
        case .connected(sessionPresent: false, _): removeAll()
        case .topic, .connected, .tick, .dropped, .rewound, .evicted, .plan: break
        }
    }
}
