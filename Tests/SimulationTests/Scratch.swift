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
        let isLoud = environment["SIM_LOUD"] != nil
        @Sendable func say(_ what: String) { print(what) }
        let trace: (@Sendable (String) -> Void)?
        if isLoud { trace = say } else { trace = nil }
        var tally = SimulationTally()
        var bad = 0
        var prints: UInt64 = 0
        let began = Date()
        for seed in from..<from + count {
            if (seed - from) % 1000 == 999 { print("at \(seed) \(bad)") ; fflush(nil) }
            let outcome = try await SimulationRun(seed: seed, sabotage: sabotage, trace: trace)
                .run()
            tally += outcome.tally
            prints = prints &* 31 &+ outcome.fingerprint
            if !outcome.failures.isEmpty {
                bad += 1
                if bad < 30 { print(outcome.failures.prefix(6).joined(separator: "\n")) }
            }
        }
        let seconds = Date().timeIntervalSince(began)
        var cuts = 0
        for seed in from..<from + count * 3 {
            let failures = try JournalCutRun(seed: seed).run()
            if !failures.isEmpty { cuts += 1 }
            if !failures.isEmpty, cuts < 4 { print(failures) }
        }
        print("prints \(prints)")
        print(
            "journal cuts: \(cuts) of \(count * 3) runs, bad;  \(Date().timeIntervalSince(began) - seconds) s"
        )
        print("\(count) runs, \(bad) bad, \(seconds) s, \(Double(count) / seconds * 60) a minute")
        for event in SimulationTally.Event.allCases { print("  \(event) \(tally[event])") }
    }
}
