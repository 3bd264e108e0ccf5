import Core
import Simulator
import Testing

/// The same input gives the same output, wherever it is cut: invariant 4.
@Suite struct ReplayTests {
    @Test(arguments: [UInt64(11), 12, 13, 14, 15, 16])
    func aRestoredEngineGoesOnAsIfNothingHadHappened(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let fusion = FusionPlan(
            name: "fused", unit: "Cel", labels: [], method: .inverseVariance,
            inputs: ["d0", "d1"].map {
                .init(
                    stream: "temperature", field: "temperature",
                    labels: [.init(name: "device", value: $0)], calibration: .identity, sigma: 1)
            }, tolerance: 1_000_000, quorum: 1,
            window: WindowPlan(
                size: 7_000_000, lateness: 1_000_000, idle: 5_000_000,
                aggregates: [.mean, .standardDeviation, .quantile(9_500)]))
        let plan = try EngineHarness.plan(
            aggregates: [.count, .sum, .first, .last, .standardDeviation, .quantile(9_500)],
            lateness: 2, idle: 6, fusions: [fusion])
        let blocks = (0..<12).map { _ in Self.block(&generator) }
        let whole = try Self.run(plan, blocks, cut: nil)
        for cut in 0..<blocks.count {
            let pieced = try Self.run(plan, blocks, cut: cut)
            #expect(pieced.records == whole.records, "seed \(seed), cut \(cut)")
            #expect(pieced.state == whole.state, "seed \(seed), cut \(cut)")
        }
        #expect(whole.records.windows.count > 20)
    }

    /// Some seconds of eight devices with times out of order, rubbish and ticks.
    private static func block(_ generator: inout SplitMix) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        for _ in 0..<60 {
            let step = Int64.random(in: 0...400, using: &generator)
            switch Int.random(in: 0..<20, using: &generator) {
            case 0: entries.append(.tick(Timestamp(microseconds: step)))
            case 1:
                entries.append(.connected(sessionPresent: .random(using: &generator), at: .epoch))
            default:
                let device = Int.random(in: 0..<8, using: &generator)
                let value = Int.random(in: -500...500, using: &generator)
                let lag = Int.random(in: 0...3_000, using: &generator)
                entries.append(
                    .message(
                        topic: TopicID(device), packetID: 1, arrival: Timestamp(microseconds: step),
                        payload: Array("\(lag) \(value)".utf8)))
            }
        }
        return entries
    }

    private struct Outcome: Equatable {
        var records = Effects()
        var state: [SnapshotPart] = []
    }

    /// Plays the blocks; at the cut, state goes through a snapshot, and what follows through
    /// encoded journal blocks.
    private static func run(
        _ plan: Plan, _ blocks: [[JournalEntry]], cut: Int?
    ) throws -> Outcome {
        var engine = Engine(plan: plan)
        var outcome = Outcome()
        var now: Int64 = 1_700_000_000_000
        var parts: [Int: SnapshotPart] = [:]
        for device in 0..<8 {
            _ = engine.add(topic: Array("plant/d\(device)/temperature".utf8).span)
        }
        for (index, block) in blocks.enumerated() {
            if index == cut {
                for part in engine.snapshot() { parts[part.key] = part }
                let known = (0..<engine.seriesCount).map { engine.series(SeriesID($0)) }
                engine = Engine(plan: plan)
                try engine.restore(Array(parts.values), series: known)
            }
            var journal = JournalBlock()
            for entry in block { append(entry, to: &journal, &now) }
            for entry in try JournalBlock.decode(journal.encoded()) {
                try engine.replay(entry, into: &outcome.records) { _ in plan }
            }
            // A snapshot now and then writes only what changed since.
            if index % 4 == 1 { for part in engine.snapshot() { parts[part.key] = part } }
        }
        engine.reconfigure(plan, into: &outcome.records)
        outcome.state = engine.snapshot()
        return outcome
    }

    private static func append(
        _ entry: JournalEntry, to journal: inout JournalBlock, _ now: inout Int64
    ) {
        switch entry {
        case .tick(let step):
            now += step.microseconds
            journal.append(tick: Timestamp(microseconds: now * 1_000))
        case .connected(let present, _):
            journal.append(connected: present, at: Timestamp(microseconds: now * 1_000))
        case .message(let topic, let packetID, let step, let payload):
            now += step.microseconds
            let parts = String(decoding: payload, as: UTF8.self).split(separator: " ")
            let time = now - (Int64(parts[0]) ?? 0)
            let text = parts[1] == "13" ? "rubbish" : "{\"t\":\(time),\"v\":\(parts[1])}"
            journal.append(
                topic: topic, packetID: packetID, arrival: Timestamp(microseconds: now * 1_000),
                payload: Array(text.utf8).span)
        default: break
        }
    }

    @Test func damagedBlocksAreRefusedNotBelieved() {
        var generator = SplitMix(seed: 3)
        var journal = JournalBlock()
        journal.append(topic: Array("a/b".utf8).span)
        journal.append(
            topic: 0, packetID: 7, arrival: .epoch, payload: Array("20.5".utf8).span)
        journal.append(
            Refusal(
                packetID: 8, hash: 9, cause: .tooLarge, subject: "a", detail: "b", time: .epoch))
        let good = journal.encoded()
        #expect((try? JournalBlock.decode(good))?.count == 3)
        for _ in 0..<2_000 {
            var bad = good
            bad[Int.random(in: 0..<bad.count, using: &generator)] = .random(
                in: 0...255, using: &generator)
            _ = try? JournalBlock.decode(bad)
            _ = try? JournalBlock.decode(
                Array(bad.prefix(Int.random(in: 0..<bad.count, using: &generator))))
        }
    }
}
