internal import Foundation
internal import Synchronization

/// Plays the trials: those that take one core two at a time, then each of the others alone.
struct Runner {
    let trials: [any Trial]
    let progress: Progress

    func run() -> Verdict {
        let verdict = Mutex(Verdict(order: trials.map(\.name)))
        let waiting = Mutex(trials.filter { !$0.isAlone })
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            while let trial = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                let findings = play(trial)
                verdict.withLock { $0.add(findings, of: trial.name) }
            }
        }
        for trial in trials where trial.isAlone {
            let findings = play(trial)
            verdict.withLock { $0.add(findings, of: trial.name) }
        }
        return verdict.withLock { $0 }
    }

    private func play(_ trial: any Trial) -> Findings {
        let start = ContinuousClock.now
        progress.say("\(trial.name): begins")
        progress.note(trial.name, "running")
        defer { progress.note(trial.name, nil) }
        var findings = Findings()
        do {
            findings = try trial.run(progress)
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
