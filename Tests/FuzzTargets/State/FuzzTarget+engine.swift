internal import Core

extension FuzzTarget {
    /// What happens to a gateway: a byte for what, two for the time that passed, and for a
    /// message its payload up to a line end. The journal of it must have the same effects.
    static let engine = FuzzTarget("engine", maximumLength: 2_048, seeds: engineSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        var live = Engine(plan: Scene.plan)
        var effects = Effects()
        var entries: [JournalEntry] = []
        var time = Scene.start
        while !input.isAtEnd {
            for entry in next(&input, &time, live) {
                entries.append(entry)
                try play(entry, in: &live, &effects)
            }
        }
        try check(effects)
        var replayed = Engine(plan: Scene.plan)
        var again = Effects()
        let journal = try must("the journal") { try JournalBlock.decode(encode(entries)) }
        for entry in journal { try play(entry, in: &replayed, &again) }
        try require(again == effects, "other effects when the journal is replayed")
        try checkSnapshot(of: replayed)
    }

    private static func next(
        _ input: inout FuzzInput, _ time: inout Timestamp, _ engine: Engine
    ) -> [JournalEntry] {
        let choice = input.choice(Scene.topics.count + 3)
        // Back and forth, up to half an hour at a time.
        time = time + Int64(Int16(bitPattern: UInt16(input.integer(bytes: 2)))) * 50_000
        switch choice {
        case Scene.topics.count: return [.tick(time)]
        case Scene.topics.count + 1:
            return [.connected(sessionPresent: input.byte() & 1 == 1, at: time)]
        case Scene.topics.count + 2: return [.plan(Int64(input.byte() & 1))]
        default:
            let topic = Scene.topics[choice]
            let known = engine.find(topic.span)
            let message = JournalEntry.message(
                topic: known ?? TopicID(engine.topicCount), packetID: 1, arrival: time,
                payload: input.until(0x0a))
            return known == nil ? [.topic(topic), message] : [message]
        }
    }

    private static func play(
        _ entry: JournalEntry, in engine: inout Engine, _ effects: inout Effects
    ) throws(Violation) {
        do {
            try engine.replay(entry, into: &effects) { number throws(FormatError) in
                number == 0 ? Scene.plan : Scene.otherPlan
            }
        } catch {
            throw Violation("\(entry): \(error)")
        }
    }
}
