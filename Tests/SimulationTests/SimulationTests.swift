import Simulation
import Testing

/// The whole gateway against everything that goes wrong: see `SimulationRun`.
@Suite struct SimulationTests {
    private static let runsInBlock: UInt64 = 25

    @Test(arguments: 0..<UInt64(8))
    func eachReadingCountsOnceAndEachLossIsTold(block: UInt64) async throws {
        for seed in block * Self.runsInBlock..<(block + 1) * Self.runsInBlock {
            let outcome = try await SimulationRun(seed: seed).run()
            #expect(outcome.failures.isEmpty, "\(outcome.failures.joined(separator: "\n"))")
        }
    }

    @Test(arguments: [UInt64(1_000), 1_001, 1_002, 1_003, 1_004, 1_005])
    func theSameSeedGivesTheSameBatches(seed: UInt64) async throws {
        let first = try await SimulationRun(seed: seed).run()
        let second = try await SimulationRun(seed: seed).run()
        #expect(first.fingerprint == second.fingerprint, "seed \(seed)")
        #expect(first.tally == second.tally, "seed \(seed)")
        #expect(first.fingerprint != 0, "seed \(seed)")
    }

    /// A simulation that finds nothing when there is something to find proves nothing.
    @Test(arguments: Sabotage.allCases)
    func aBrokenPromiseIsNoticed(sabotage: Sabotage) async throws {
        for seed in UInt64(0)..<60 {
            let outcome = try await SimulationRun(seed: seed, sabotage: sabotage).run()
            if !outcome.failures.isEmpty { return }
        }
        Issue.record("\(sabotage) went by unnoticed with seeds 0 to 59")
    }
}
