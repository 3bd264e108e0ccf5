/// Plays the trials: those that take two cores one by one, those that take one two at a time,
/// beside them those that mostly wait, then each of the others alone.
struct Runner {
    let trials: [any Trial]
    let progress: Progress

    func run() async -> Verdict {
        var verdict = Verdict(order: trials.map(\.name))
        async let waiting = play(of(.little), atOnce: 1)
        var working = await play(of(.cores), atOnce: 1)
        working += await play(of(.core), atOnce: 2)
        for (name, findings) in await working + waiting { verdict.add(findings, of: name) }
        for (name, findings) in await play(of(.machine), atOnce: 1) {
            verdict.add(findings, of: name)
        }
        return verdict
    }

    private func of(_ load: TrialLoad) -> [any Trial] { trials.filter { $0.load == load } }

    private func play(_ trials: [any Trial], atOnce count: Int) async -> [(String, Findings)] {
        await withTaskGroup(of: (String, Findings).self) { group in
            var done: [(String, Findings)] = []
            for (index, trial) in trials.enumerated() {
                if index >= count, let finished = await group.next() { done.append(finished) }
                group.addTask { (trial.name, await play(trial)) }
            }
            for await finished in group { done.append(finished) }
            return done
        }
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
