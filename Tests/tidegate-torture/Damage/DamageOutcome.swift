internal import Rig

/// What came of one kind of damage, over several rounds.
struct DamageOutcome: Sendable {
    let harm: Harm
    private var times = 0
    private var published = 0
    private var missing = 0
    private var silent = 0
    private var duplicated = 0
    private var lostAfterwards = 0
    private var metWhileRunning = 0
    private var causes: Set<String> = []
    private var failures: [String] = []

    init(_ harm: Harm) { self.harm = harm }

    var isGood: Bool { failures.isEmpty }

    mutating func fail(_ text: String) { failures.append("\(harm.name): \(text)") }

    /// The gateway met it before it was killed, and began anew.
    mutating func meetWhileRunning() { metWhileRunning += 1 }

    /// - Parameter moment: when the gateway ran again, in milliseconds since 1970.
    mutating func add(
        _ comparison: Comparison, _ gaps: GapAccount, of store: LostStore, since moment: Int64
    ) {
        times += 1
        published += comparison.published
        missing += comparison.lost
        duplicated += comparison.duplicated
        causes.formUnion(gaps.causes)
        let uncovered = gaps.uncovered(comparison.differences, lost: store)
        silent += uncovered
        let after = comparison.differences.filter { $0.start >= moment }
        lostAfterwards += after.reduce(0) { $0 + $1.missing }
        for difference in after.prefix(3) { fail("after it: \(difference)") }
        if uncovered > 0 {
            fail("\(uncovered) readings missing without a word; gaps: \(gaps)")
            fail("of \(store)")
            for difference in comparison.differences.suffix(5) { fail("\(difference)") }
        }
        if comparison.duplicated > 0 {
            fail("\(comparison.duplicated) readings count twice; gaps: \(gaps)")
            let twice = comparison.differences.filter { $0.missing == 0 }
            for difference in twice.prefix(3) { fail("\(difference)") }
        }
    }

    mutating func add(_ other: DamageOutcome) {
        times += other.times
        published += other.published
        missing += other.missing
        silent += other.silent
        duplicated += other.duplicated
        lostAfterwards += other.lostAfterwards
        metWhileRunning += other.metWhileRunning
        causes.formUnion(other.causes)
        failures += other.failures
    }

    var findings: Findings {
        var findings = Findings()
        findings.failures = failures
        findings.tally.duplicated = duplicated
        findings.tally.silent = silent
        findings.tally.lost = lostAfterwards
        let reported = causes.isEmpty ? "" : " (\(causes.sorted().joined(separator: ", ")))"
        let met = metWhileRunning > 0 ? "; met \(metWhileRunning) times while it ran" : ""
        findings.add(
            harm.name, times,
            "runs again; \(missing) of \(published) readings missing, \(missing - silent) of them "
                + "reported\(reported); afterwards \(lostAfterwards) lost, \(duplicated) twice\(met)"
        )
        return findings
    }
}
