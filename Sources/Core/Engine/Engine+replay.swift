extension Engine {
    /// Tells the core an entry of the journal again.
    ///
    /// - Parameter planWithNumber: finds a plan that took over.
    package mutating func replay(
        _ entry: JournalEntry, into effects: inout Effects,
        planWithNumber: (Int64) throws(FormatError) -> Plan
    ) throws(FormatError) {
        switch entry {
        case .topic(let topic):
            guard find(topic.span) == nil else { throw .malformed("a topic that came twice") }
            _ = add(topic: topic.span)
        case .message(let topic, _, let arrival, let payload):
            guard Int(topic) < topicCount else { throw .malformed("a message of no known topic") }
            receive(topic: topic, payload: payload.span, at: arrival, into: &effects)
        case .refusal(let refusal): refuse(refusal)
        case .connected(let sessionPresent, let time):
            connected(sessionPresent: sessionPresent, at: time)
        case .known: break
        case .dropped(let count, let time): brokerDropped(count, at: time)
        case .rewound(let time): brokerRewound(at: time)
        case .evicted(let count, let time): deadLettersEvicted(count, at: time)
        case .tick(let now): _ = tick(at: now, into: &effects)
        case .plan(let number): reconfigure(try planWithNumber(number), into: &effects)
        }
    }
}
