internal import Foundation
internal import Rig
internal import Simulator

/// libFuzzer at every decoder of outside bytes, for a while each, with the address sanitizer
/// looking on; begins with the kept corpus.
struct FuzzTrial: BlockingTrial {
    let name = "fuzz"
    let load = TrialLoad.cores
    let seed: UInt64
    let seconds: Int

    private static let atOnce = 2

    func play(_ progress: Progress) throws -> Findings {
        var findings = Findings()
        let program = try Instrumented.fuzz.program("tidegate-fuzz")
        let workspace = try Workspace(name: "fuzz")
        defer { workspace.remove() }
        let corpus = Workspace.repository.appending(path: "Tests/FuzzTargets/Corpus")
        let targets = try FileManager.default.contentsOfDirectory(atPath: corpus.path).sorted()
        let found = Lanes.run(Self.atOnce, Array(targets.enumerated())) { index, target in
            progress.note(name, "\(target), \(index + 1) of \(targets.count)")
            return (
                target,
                Result {
                    try fuzz(
                        target, program, corpus.appending(path: target).path, workspace,
                        seed: seed &+ UInt64(index))
                }
            )
        }
        let outcomes = found.sorted { $0.0 < $1.0 }
        for (index, (target, outcome)) in outcomes.enumerated() {
            findings.add(
                try outcome.get(), of: target,
                as: index == 0 ? "fuzzing of \(target)" : "  of \(target)")
        }
        findings.expect(!targets.isEmpty, "there is no target in \(corpus.path)")
        return findings
    }

    private func fuzz(
        _ target: String, _ program: String, _ corpus: String, _ workspace: Workspace, seed: UInt64
    ) throws -> FuzzOutcome {
        let log = workspace.path("\(target).log")
        let process = try ChildProcess(
            program,
            [
                try workspace.directory("found-\(target)"), corpus, "-max_total_time=\(seconds)",
                "-print_final_stats=1", "-timeout=25", "-rss_limit_mb=2048",
                "-seed=\(seed % 2_147_483_647 + 1)", "-artifact_prefix=/tmp/tidegate-fuzz-",
            ], log: log,
            environment: [
                "FUZZ_TARGET": target, "ASAN_OPTIONS": "detect_leaks=0",
                // Swift's backtracer may hang here, and libFuzzer writes the input down after it.
                "SWIFT_BACKTRACE": "enable=no",
            ])
        let code = try process.wait(seconds: Double(seconds) + 120)
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        let runs = text.firstMatch(of: /stat::number_of_executed_units: +(\d+)/)
            .flatMap { Int($0.1) }
        let failure =
            switch (code, runs ?? 0) {
            case (0, 0): "ended without an input tried:\n\(process.tail(40))"
            case (0, _): nil as String?
            default: "ended with \(code):\n\(process.tail(40))"
            }
        return FuzzOutcome(runs: runs ?? 0, failure: failure)
    }
}

private struct FuzzOutcome {
    /// Inputs tried.
    let runs: Int
    let failure: String?
}

extension Findings {
    fileprivate mutating func add(_ outcome: FuzzOutcome, of target: String, as fault: String) {
        tally.fuzzRuns += outcome.runs
        expect(outcome.failure == nil, "\(target): \(outcome.failure ?? "")")
        let text =
            switch (outcome.failure, outcome.runs) {
            case (nil, _): "nothing found"
            case (_, 0): "NOT FUZZED"
            default: "A FIND"
            }
        add(fault, outcome.runs, text)
    }
}
