internal import Simulation

/// The whole gateway in one process and in virtual time, and its journal cut and replayed,
/// for thousands of seeds each.
struct SimulationTrial: Trial {
    let name = "simulations"
    let load = TrialLoad.core
    let seed: UInt64
    let runs: Int

    func run(_ progress: Progress) async throws -> Findings {
        var findings = Findings()
        var tally = SimulationTally()
        let start = ContinuousClock.now
        for index in 0..<runs {
            progress.note(name, "\(index) of \(runs)")
            let outcome = try await SimulationRun(seed: seed(index)).run()
            tally += outcome.tally
            findings.failures += outcome.failures
        }
        let minutes = start.duration(to: .now) / .seconds(60)
        findings.tally.simulations = runs
        findings.add(
            "simulation of the whole gateway", runs,
            "\(findings.failures.isEmpty ? "all" : "NOT ALL") invariants hold; "
                + "\(Int(Double(runs) / minutes)) runs a minute; "
                + "\(tally[.readings]) readings, \(tally[.kills]) kills, "
                + "\(tally[.powerCuts]) power cuts, \(tally[.clockJumps]) clock jumps")
        let failed = findings.failures.count
        for index in 0..<runs {
            progress.note(name, "journal \(index) of \(runs)")
            findings.failures += try JournalCutRun(seed: seed(index)).run()
        }
        findings.add(
            "journal cut, restored and replayed", runs,
            findings.failures.count == failed ? "the same bit for bit" : "NOT the same")
        return findings
    }

    /// Those of neighbouring seeds of ours are apart.
    private func seed(_ index: Int) -> UInt64 { seed &* 1_000_000 &+ UInt64(index) }
}
