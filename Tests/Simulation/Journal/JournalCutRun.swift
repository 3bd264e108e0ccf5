internal import Core
internal import Simulator

/// A random journal through the core twice: in one go, and through restarts from a snapshot
/// and the journal after it. Records and state must be the same bit for bit.
package struct JournalCutRun: Sendable {
    private let seed: UInt64

    package init(seed: UInt64) { self.seed = seed }

    /// - Returns: what is wrong; each tells the seed.
    package func run() throws -> [String] {
        let script = try JournalScript(seed: seed)
        var failures: [String] = []
        var whole = JournalPlayer(script.plans)
        var pieced = JournalPlayer(script.plans)
        var generator = SplitMix(seed: ~seed)
        func draw(_ odds: Int) -> Bool { .random(in: 0..<odds, using: &generator) == 0 }
        let cutOdds = Int.random(in: 1...10, using: &generator)
        let snapshotOdds = Int.random(in: 1...10, using: &generator)
        for (index, block) in script.blocks.enumerated() {
            let journal = try Self.written(block)
            if journal != block { failures.append("block \(index) is read as another one") }
            try whole.play(journal)
            let isCut = draw(cutOdds)
            if isCut {
                // In the middle of a block: what was not committed comes again.
                let lost = Int.random(in: 0...journal.count, using: &generator)
                try pieced.start(losing: Array(journal.prefix(lost)))
            }
            try pieced.play(journal)
            if draw(snapshotOdds) { pieced.takeSnapshot() }
            let isLast = index == script.blocks.count - 1
            let difference = pieced.difference(from: whole, withState: isCut || isLast)
            if let difference {
                failures.append("block \(index) of \(script.blocks.count): \(difference)")
                break
            }
        }
        return failures.map { "journal seed \(seed): \($0)" }
    }

    /// Written to the store and read again.
    private static func written(_ entries: [JournalEntry]) throws -> [JournalEntry] {
        var block = JournalBlock()
        for entry in entries {
            switch entry {
            case .topic(let topic): block.append(topic: topic.span)
            case .message(let topic, let packetID, let arrival, let payload):
                block.append(
                    topic: topic, packetID: packetID, arrival: arrival, payload: payload.span)
            case .refusal(let refusal): block.append(refusal)
            case .connected(let present, let time): block.append(connected: present, at: time)
            case .tick(let time): block.append(tick: time)
            case .known(let packetID, let hash): block.append(known: packetID, hash: hash)
            case .dropped(let count, let time): block.append(dropped: count, at: time)
            case .rewound(let time): block.append(rewoundAt: time)
            case .evicted(let count, let time): block.append(evicted: count, at: time)
            case .plan(let number): block.append(plan: number)
            }
        }
        return try JournalBlock.decode(block.encoded())
    }
}

/// The core and its store, as far as both are needed to start anew.
private struct JournalPlayer {
    private let plans: [Plan]
    private var engine: Engine
    private(set) var effects = Effects()
    private var plan = 0
    private var journal: [[JournalEntry]] = []
    private var parts: [Int: SnapshotPart] = [:]
    private var snapshot = (plan: 0, blocks: 0, series: 0)

    init(_ plans: [Plan]) {
        self.plans = plans
        engine = Engine(plan: plans[0])
        takeSnapshot()
    }

    mutating func play(_ block: [JournalEntry]) throws {
        var sink = effects
        try replay(block, into: &sink)
        effects = sink
        journal.append(block)
    }

    private mutating func replay(
        _ block: [JournalEntry], into effects: inout Effects
    ) throws {
        for entry in block {
            if case .plan(let number) = entry { plan = Int(number) }
            try engine.replay(entry, into: &effects) { (number) throws(FormatError) in
                plans[Int(number)]
            }
        }
    }

    /// Only the parts that changed are written.
    mutating func takeSnapshot() {
        for part in engine.snapshot() { parts[part.key] = part }
        snapshot = (plan, journal.count, engine.seriesCount)
    }

    /// What the engine knows is lost; that of the last snapshot, and the journal after it,
    /// is not.
    mutating func start(losing lost: [JournalEntry]) throws {
        var discarded = Effects()
        try replay(lost, into: &discarded)
        plan = snapshot.plan
        engine = Engine(plan: plans[plan])
        try engine.restore(
            Array(parts.values), series: Array(effects.newSeries.prefix(snapshot.series)))
        for block in journal[snapshot.blocks...] {
            try replay(block, into: &discarded)
            discarded.removeAll()
        }
    }

    /// What another one has made of the same entries, if it is not the same.
    func difference(from other: JournalPlayer, withState: Bool) -> String? {
        for (own, its) in zip(effects.windows, other.effects.windows) where own != its {
            return "a window is \(own) and not \(its)"
        }
        guard effects == other.effects else {
            return "\(effects.windows.count) windows and \(effects.gaps.count) gaps, not "
                + "\(other.effects.windows.count) and \(other.effects.gaps.count)"
        }
        guard withState else { return nil }
        for (own, its) in zip(state, other.state) where own != its {
            return "part \(own.key) of the state is \(own.data), not \(its.data)"
        }
        return state.count == other.state.count ? nil : "other parts of the state"
    }

    /// All of it: to take up the present plan once more marks all as changed.
    var state: [SnapshotPart] {
        var copy = engine
        var none = Effects()
        copy.reconfigure(plans[plan], into: &none)
        return none.isEmpty ? copy.snapshot() : []
    }
}
