import Foundation
import Simulation
import Testing

@Suite struct Scratch {
    @Test func scratch() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let from = environment["SIM_FROM"].flatMap({ UInt64($0) }) else { return }
        let count = UInt64(environment["SIM_COUNT"] ?? "1") ?? 1
        let sabotage = environment["SIM_SABOTAGE"].flatMap { name in
            Sabotage.allCases.first { "\($0)" == name }
        }
        var tally = SimulationTally()
        var bad = 0
        let began = Date()
        for seed in from..<from + count {
            let outcome = try await SimulationRun(seed: seed, sabotage: sabotage).run()
            tally += outcome.tally
            if !outcome.failures.isEmpty {
                bad += 1
                if bad < 30 { print(outcome.failures.prefix(6).joined(separator: "\n")) }
            }
        }
        let seconds = Date().timeIntervalSince(began)
        print("\(count) runs, \(bad) bad, \(seconds) s, \(Double(count) / seconds * 60) a minute")
        for event in SimulationTally.Event.allCases { print("  \(event) \(tally[event])") }
    }
}
