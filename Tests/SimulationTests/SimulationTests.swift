import Simulation
import Testing

/// The whole gateway against everything that goes wrong: see `SimulationRun`.
@Suite struct SimulationTests {
    @Test(arguments: 0..<UInt64(10))
    func countsEachReadingOnce(block: UInt64) async throws {
        for seed in block * 20..<(block + 1) * 20 {
            let outcome = try await SimulationRun(seed: seed).run()
            #expect(outcome.failures.isEmpty, "\(outcome.failures.joined(separator: "\n"))")
        }
    }
}
