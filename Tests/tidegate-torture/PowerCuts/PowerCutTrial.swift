internal import FaultyDisk

/// The power goes at each sync point of the store's life, and unsynced sectors are kept,
/// lost, torn or garbage.
struct PowerCutTrial: Trial {
    let name = "power-cuts"
    let load = TrialLoad.core
    let seed: UInt64

    private static let sweeps = 8
    private static let commits = 30

    func run(_ progress: Progress) async throws -> Findings {
        var findings = Findings()
        for index in 0..<Self.sweeps {
            let outcome = await PowerCutSweep(
                seed: seed &* 1_000 &+ UInt64(index), commits: Self.commits
            ).run { done, all in
                progress.note(
                    name, "sweep \(index + 1) of \(Self.sweeps), sync point \(done) of \(all)")
            }
            findings.tally.powerCuts += outcome.cuts
            findings.failures += outcome.failures
        }
        findings.add(
            "power cut at each sync point", findings.tally.powerCuts,
            findings.failures.isEmpty
                ? "the store opens and holds what was acknowledged"
                : "\(findings.failures.count) broken")
        return findings
    }
}
