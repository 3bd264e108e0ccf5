/// Plays the trials: those that take one core two at a time, then each of the others alone.
struct Runner {
    let trials: [any Trial]
    let progress: Progress

    func run() async -> Verdict {
        var verdict = Verdict(order: trials.map(\.name))
        let (alone, beside) = (trials.filter(\.isAlone), trials.filter { !$0.isAlone })
        await withTaskGroup(of: (String, Findings).self) { group in
            for (index, trial) in beside.enumerated() {
                if index >= 2, let (name, findings) = await group.next() {
                    verdict.add(findings, of: name)
                }
                group.addTask { (trial.name, await play(trial)) }
            }
            for await (name, findings) in group { verdict.add(findings, of: name) }
        }
        for trial in alone { verdict.add(await play(trial), of: trial.name) }
        return verdict
    }

    private func play(_ trial: any Trial) async -> Findings {
        let start = ContinuousClock.now
        progress.say("\(trial.name): begins")
        progress.note(trial.name, "running")
        defer { progress.note(trial.name, nil) }
        var findings = Findings()
        do {
            findings = try await trial.run(progress)
        } catch {
            findings.add(trial.name, 1, "could not be played to its end")
            findings.failures.append("\(error)")
        }
        let seconds = start.duration(to: .now).components.seconds
        let outcome = findings.failures.isEmpty ? "ok" : "FAILED"
        progress.say("\(trial.name): \(outcome) after \(seconds) s")
        for failure in findings.failures.prefix(20) { progress.say("  \(failure)") }
        return findings
    }
}
