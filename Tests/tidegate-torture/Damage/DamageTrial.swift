internal import Foundation
internal import Rig

internal import struct Simulator.SplitMix

/// The gateway's store is damaged: it must run again, count nothing twice, own up to what is
/// missing, and from then on lose nothing.
struct DamageTrial: Trial {
    let name = "damage"
    let isAlone = true
    let seed: UInt64

    private static let rounds = 3

    func run(_ progress: Progress) async throws -> Findings {
        var rounds: [(harm: Harm, round: Int)] = []
        for round in 1...Self.rounds { rounds += Harm.allCases.map { ($0, round) } }
        var outcomes: [Harm: DamageOutcome] = [:]
        // A plant leaves half of the machine idle.
        await withTaskGroup(of: DamageOutcome.self) { group in
            for (index, (harm, round)) in rounds.enumerated() {
                if index >= 2, let done = await group.next() {
                    outcomes[done.harm, default: DamageOutcome(done.harm)].add(done)
                }
                progress.note(name, "\(index + 1) of \(rounds.count): \(harm.name)")
                group.addTask { play(harm, round) }
            }
            for await done in group {
                outcomes[done.harm, default: DamageOutcome(done.harm)].add(done)
            }
        }
        return Harm.allCases.compactMap { outcomes[$0]?.findings }
            .reduce(into: Findings()) { $0.add($1) }
    }

    private func play(_ harm: Harm, _ round: Int) -> DamageOutcome {
        var outcome = DamageOutcome(harm)
        let place = Harm.allCases.firstIndex(of: harm)!
        var random = SplitMix(seed: seed &* 1_009 &+ UInt64(round * 100 + place))
        do {
            var configuration = GatewayConfiguration.plant
            configuration.window = 100
            configuration.idle = 2
            configuration.batchAge = "200ms"
            let plant = try Plant(name: "damage", configuration: configuration)
            do {
                try play(harm, on: plant, &random, &outcome)
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
        let before = try plant.simulate(["plant", "--rate", "200", "--duration", "3s"])
        Thread.sleep(forTimeInterval: Double.random(in: 0.5...1.5, using: &random))
        // Mostly something waits in the outbox, too.
        if Int.random(in: 0..<4, using: &random) > 0 { plant.link.cut() }
        Thread.sleep(forTimeInterval: Double.random(in: 0.5...1.2, using: &random))
        let isCrash = harm.needsCrash || Bool.random(using: &random)
        if harm == .pagesOverwrittenWhileRunning {
            try harm.apply(to: store, &random)
            Thread.sleep(forTimeInterval: 0.5)
        }
        if isCrash {
            plant.gateway.process.killAndWait()
        } else {
            plant.gateway.process.terminate()
            try plant.gateway.process.wait(seconds: 20)
        }
        if harm != .pagesOverwrittenWhileRunning { try harm.apply(to: store, &random) }
        try before.finish(seconds: 30)
        try plant.gateway.restart()
        try plant.waitUntilReady()
        try? plant.link.restore()
        let moment = Int64(Date().timeIntervalSince1970 * 1_000)
        Thread.sleep(forTimeInterval: 0.2)
        try plant.simulate(["plant", "--rate", "200", "--duration", "1s", "--seed", "2"])
            .finish(seconds: 30)
        try plant.drain(seconds: 60)
        let comparison = try plant.compare()
        let gaps = try GapAccount(plant.receiver.exported("gap"))
        outcome.add(comparison, gaps, since: moment)
        if harm.isAlwaysSetAside, store.aside.isEmpty { outcome.fail("nothing was set aside") }
    }
}
