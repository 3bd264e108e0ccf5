/// The figures of the last line.
struct Tally: Hashable, Sendable {
    /// SIGKILLs, of the gateway and of the receiver.
    var kills = 0
    var powerCuts = 0
    var simulations = 0
    var fuzzRuns = 0
    /// Readings that are missing where none may be.
    var lost = 0
    /// Readings that count more than once, or that nobody published.
    var duplicated = 0
    /// Missing readings that no gap record speaks of.
    var silent = 0

    mutating func add(_ other: Tally) {
        kills += other.kills
        powerCuts += other.powerCuts
        simulations += other.simulations
        fuzzRuns += other.fuzzRuns
        lost += other.lost
        duplicated += other.duplicated
        silent += other.silent
    }

    var text: String {
        "kills=\(kills) power_cuts=\(powerCuts) simulations=\(simulations) fuzz_runs=\(fuzzRuns)"
            + " lost=\(lost) duplicated=\(duplicated) silent=\(silent)"
    }

    var isClean: Bool { lost == 0 && duplicated == 0 && silent == 0 }
}
