internal import Core
internal import Simulator
internal import Store
internal import Wire

/// What a gateway's store is put through: drawn from a seed, the same each time.
struct Script {
    enum Step {
        case commit(Int)
        /// The oldest records become a batch.
        case seal
        /// The oldest batch goes to the receiver, which holds it: it is confirmed.
        case send
        /// The receiver refuses the oldest batch for good.
        case refuse
        case checkpoint
        /// Somebody looks into the store for a while: checkpoints can't finish.
        case look, lookAway
        /// The gateway is stopped in order, and started.
        case restart
        /// The gateway is killed, and started.
        case kill
    }

    let commits: [Commit]
    let steps: [Step]
    /// Of each window, by its own number: the number of its series.
    let series: [Int: Int]
    static let deadLetterLimit = 5

    init(seed: UInt64, commits count: Int) {
        var author = Author(seed: seed)
        var steps: [Step] = []
        var commits: [Commit] = []
        for number in 0..<count {
            commits.append(author.commit(number))
            steps.append(.commit(number))
            steps += author.pause()
        }
        self.commits = commits
        self.steps = steps
        series = author.windows
    }
}

/// Draws the script.
private struct Author {
    private var chance: SplitMix
    private var seriesCount = 0
    private(set) var windows: [Int: Int] = [:]
    private static let layout = WindowLayout(
        shape: .tumbling(size: 10_000_000), aggregates: [.count, .sum])

    init(seed: UInt64) { chance = SplitMix(seed: seed) }

    private mutating func below(_ limit: Int) -> Int { Int(chance.next() % UInt64(limit)) }

    private mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

    /// Nothing that zstd could make smaller.
    private mutating func noise(_ count: Int) -> [UInt8] {
        (0..<(count + 7) / 8).flatMap { _ in
            withUnsafeBytes(of: chance.next()) { Array($0) }
        }
    }

    /// What happens between two commits.
    mutating func pause() -> [Script.Step] {
        var steps: [Script.Step] = []
        if happens(40) { steps.append(.seal) }
        if happens(35) { steps.append(.send) }
        if happens(6) { steps.append(.refuse) }
        // Partial, if somebody has been looking since before the commit.
        if happens(15) { steps.append(.checkpoint) }
        if happens(30) { steps.append(.lookAway) }
        if happens(15) { steps.append(.checkpoint) }
        if happens(15) { steps.append(.look) }
        if happens(4) { steps.append(.restart) }
        if happens(4) { steps.append(.kill) }
        return steps
    }

    mutating func commit(_ number: Int) -> Commit {
        let time = Timestamp(microseconds: Int64(number) * 1_000_000)
        var commit = Commit(time: time)
        var block = JournalBlock()
        // Tells which commit it is.
        block.append(tick: time)
        for message in 0..<below(6) {
            let payload = noise(happens(10) ? 12_000 : below(900))
            block.append(topic: 0, packetID: UInt16(message), arrival: time, payload: payload.span)
        }
        commit.journal = block.encoded()
        for _ in 0..<(number == 0 ? 3 : happens(20) ? 1 + below(3) : 0) {
            commit.newSeries.append(Script.series(seriesCount))
            seriesCount += 1
        }
        for index in 0..<below(60) {
            let id = number * 100 + index
            let series = below(seriesCount)
            windows[id] = series
            let start = Timestamp(microseconds: Int64(id) * 10_000_000)
            commit.records.windows.append(
                WindowRecord(
                    series: SeriesID(series), start: start, end: start + 10_000_000,
                    layout: Self.layout, values: [Number(1), Number(id)]))
        }
        if happens(20) {
            commit.deadLetters = (0..<1 + below(4)).map {
                DeadLetter(topic: [65], time: time, reason: "letter \($0)", payload: noise(200))
            }
        }
        if number == 0 || happens(15) {
            let parts = (0..<6).filter { _ in happens(60) }.map {
                SnapshotPart(key: $0, data: noise(8 + below(6_000)))
            }
            var known = JournalBlock()
            for _ in 0..<below(900) { known.append(known: 1, hash: chance.next()) }
            commit.snapshot = .init(
                parts: parts, plan: 1, series: seriesCount, known: known)
        }
        return commit
    }
}

extension Script {
    static func series(_ number: Int) -> Series {
        Series(
            stream: "s", field: "s", labels: [.init(name: "number", value: "\(number)")], unit: "")
    }
}
