internal import Core
internal import Wire

extension FuzzTarget {
    /// A block of the journal, decompressed. What can be read is written again and replayed.
    static let journal = FuzzTarget("journal", maximumLength: 2_048, seeds: journalSeeds) {
        bytes throws(Violation) in
        guard let entries = try? JournalBlock.decode(bytes) else { return }
        let encoded = encode(entries)
        let again = try must("decoding what was encoded") { try JournalBlock.decode(encoded) }
        try require(again == entries, "other entries when decoded again")
        var engine = Engine(plan: Scene.plan)
        var effects = Effects()
        for entry in entries {
            // A journal that makes no sense is refused; never a crash.
            do {
                try engine.replay(entry, into: &effects) { number throws(FormatError) in
                    guard number >= 0 else { throw .malformed("no plan \(number)") }
                    return number % 2 == 0 ? Scene.plan : Scene.otherPlan
                }
            } catch {
                break
            }
        }
        try check(effects)
        try checkSnapshot(of: engine)
    }

    static func encode(_ entries: [JournalEntry]) -> [UInt8] {
        var block = JournalBlock()
        for entry in entries {
            switch entry {
            case .topic(let topic): block.append(topic: topic.span)
            case .message(let topic, let packetID, let arrival, let payload):
                block.append(
                    topic: topic, packetID: packetID, arrival: arrival, payload: payload.span)
            case .refusal(let refusal): block.append(refusal)
            case .connected(let sessionPresent, let time):
                block.append(connected: sessionPresent, at: time)
            case .tick(let time): block.append(tick: time)
            case .known(let packetID, let hash): block.append(known: packetID, hash: hash)
            case .dropped(let count, let time): block.append(dropped: count, at: time)
            case .rewound(let time): block.append(rewoundAt: time)
            case .evicted(let count, let time): block.append(evicted: count, at: time)
            case .plan(let number): block.append(plan: number)
            }
        }
        return block.encoded()
    }

    /// What goes into the store must come out of it again, and be taken by the receiver.
    static func check(_ effects: Effects) throws(Violation) {
        for window in effects.windows {
            try require(
                window.values.allSatisfy { $0?.double.isFinite ?? true },
                "a window without a number: \(window)")
        }
        let records = RecordSet(
            windows: effects.windows, gaps: effects.gaps, events: effects.events,
            samples: effects.samples)
        try checkRoundTrip(records, isClosed: false)
        _ = seal(
            records.resolved {
                Series(stream: "\($0)", field: "f", labels: [], unit: "")
            })
        for letter in effects.deadLetters {
            try require(letter.payload.count <= DeadLetter.payloadLimit, "a large dead letter")
        }
    }

    /// A state that is taken up again is the same state.
    static func checkSnapshot(of engine: Engine) throws(Violation) {
        var engine = engine
        var effects = Effects()
        // All of it, not only what changed.
        engine.reconfigure(engine.plan, into: &effects)
        let parts = engine.snapshot()
        let series = (0..<engine.seriesCount).map { engine.series(SeriesID($0)) }
        var restored = Engine(plan: engine.plan)
        try must("restoring a snapshot") { try restored.restore(parts, series: series) }
        restored.reconfigure(restored.plan, into: &effects)
        try require(restored.snapshot() == parts, "another snapshot after it was restored")
    }
}
