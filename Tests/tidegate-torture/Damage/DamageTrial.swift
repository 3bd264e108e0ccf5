internal import Foundation
internal import Rig
internal import Synchronization

internal import struct Simulator.SplitMix

/// The gateway's store is damaged: it must run again, count nothing twice, own up to what is
/// missing, and from then on lose nothing.
struct DamageTrial: BlockingTrial {
    let name = "damage"
    let load = TrialLoad.little
    let seed: UInt64

    private static let rounds = 3
    /// A plant mostly waits.
    private static let plants = 5
    /// A gap record is gathered for a minute.
    private static let gapPatience = 75.0

    private struct Round: Sendable {
        let harm: Harm
        let number: Int
    }

    func play(_ progress: Progress) throws -> Findings {
        let rounds = (1...Self.rounds).flatMap { number in
            Harm.allCases.map { Round(harm: $0, number: number) }
        }
        let done = Atomic(0)
        let outcomes = Lanes.run(Self.plants, rounds) { round in
            let outcome = play(round)
            let count = done.add(1, ordering: .relaxed).newValue
            progress.note(name, "\(count) of \(rounds.count) stores damaged")
            return outcome
        }
        var sums: [Harm: DamageOutcome] = [:]
        for outcome in outcomes {
            sums[outcome.harm, default: DamageOutcome(outcome.harm)].add(outcome)
        }
        return Harm.allCases.compactMap { sums[$0]?.findings }
            .reduce(into: Findings()) { $0.add($1) }
    }

    private func play(_ round: Round) -> DamageOutcome {
        var outcome = DamageOutcome(round.harm)
        let place = Harm.allCases.firstIndex(of: round.harm)!
        var random = SplitMix(seed: seed &* 1_009 &+ UInt64(round.number * 100 + place))
        do {
            var configuration = GatewayConfiguration.plant
            configuration.window = 100
            configuration.idle = 2
            configuration.batchAge = "200ms"
            let plant = try Plant(name: "damage", configuration: configuration)
            do {
                try play(round.harm, on: plant, &random, &outcome)
            } catch {
                outcome.fail("\(error)\n\(plant.logs)")
            }
            if outcome.isGood {
                plant.remove()
            } else {
                outcome.fail("logs and stores: \(plant.workspace.folder.path)")
                plant.stop()
            }
        } catch {
            outcome.fail("\(error)")
        }
        return outcome
    }

    private func play(
        _ harm: Harm, on plant: Plant, _ random: inout SplitMix, _ outcome: inout DamageOutcome
    ) throws {
        let store = StoreFiles(of: plant.gateway)
        // A store that was closed once has its past in its file, a young one all in its log.
        let isClosedOnce = Int.random(in: 0..<4, using: &random) > 0
        if isClosedOnce {
            try plant.simulate(["plant", "--rate", "100", "--duration", "1s", "--seed", "3"])
                .finish(seconds: 30)
        }
        let quiet = Self.now
        if isClosedOnce {
            try end(plant.gateway)
            try plant.gateway.restart()
            try plant.waitUntilReady()
        }
        let before = try plant.simulate(["plant", "--rate", "100", "--duration", "3s"])
        Thread.sleep(forTimeInterval: Double.random(in: 0.5...1.5, using: &random))
        // Mostly something waits in the outbox, too.
        if Int.random(in: 0..<4, using: &random) > 0 { plant.link.cut() }
        Thread.sleep(forTimeInterval: Double.random(in: 0.5...1.2, using: &random))
        let isCrash = harm.needsCrash ?? Bool.random(using: &random)
        if harm == .pagesOverwrittenWhileRunning {
            try harm.apply(to: store, &random)
            if try plant.gateway.beginsAnew(seconds: 3) { outcome.meetWhileRunning() }
        }
        if isCrash {
            plant.gateway.process.killAndWait()
        } else {
            try end(plant.gateway)
        }
        let lost = lostStore(of: plant, quiet: quiet)
        if harm != .pagesOverwrittenWhileRunning { try harm.apply(to: store, &random) }
        try before.finish(seconds: 30)
        try plant.gateway.restart()
        try plant.waitUntilReady()
        try? plant.link.restore()
        let moment = Self.now
        Thread.sleep(forTimeInterval: 0.2)
        try plant.simulate(["plant", "--rate", "100", "--duration", "1s", "--seed", "2"])
            .finish(seconds: 30)
        try plant.drain(seconds: 60)
        let comparison = try plant.compare()
        let deadline = Date().addingTimeInterval(Self.gapPatience)
        var gaps = try GapAccount(plant.receiver.exported("gap"))
        while gaps.uncovered(comparison.differences, lost: lost) > 0, Date() < deadline {
            Thread.sleep(forTimeInterval: 2)
            gaps = try GapAccount(plant.receiver.exported("gap"))
        }
        outcome.add(comparison, gaps, of: lost, since: moment)
        if harm.isAlwaysSetAside, store.aside.isEmpty { outcome.fail("nothing was set aside") }
    }

    private func end(_ gateway: Gateway) throws {
        gateway.process.terminate()
        try gateway.process.wait(seconds: 20)
    }

    /// For a gateway that has ended by now.
    ///
    /// - Parameter quiet: since when, until the last load, nothing came that closes windows.
    private func lostStore(of plant: Plant, quiet: Int64) -> LostStore {
        let configuration = plant.gateway.configuration
        let delay = Int64(configuration.delay) * 1_000
        // What was published last was perhaps not committed at once.
        let open = Self.now - quiet + delay + Int64(configuration.window) + 1_000
        return LostStore(end: Self.now, open: open)
    }

    /// In milliseconds since 1970.
    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
