internal import ArgumentParser
internal import Foundation
internal import Simulation

/// `make torture`: every fault we can play, on the real parts, and what came of it.
@main
struct Torture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tidegate-torture",
        abstract: "Plays faults on real parts and compares what arrives with the truth.",
        discussion: """
            What is played and when follows from the seed; how the machine's processes
            meet it does not. A part that fails says how to play it alone.
            """)

    @Option(help: "Of all that is random (default: drawn, and printed).")
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Parts, with commas between them: \(Parts.names.joined(separator: ", ")).",
            valueName: "parts"))
    var only: String?

    @Option(help: "SIGKILLs of the gateway, and as many of the receiver.")
    var kills = 200

    @Option(
        help: ArgumentHelp(
            "Plays the simulation of this seed alone and tells each step.", valueName: "seed"))
    var simulation: UInt64?

    func validate() throws {
        guard kills > 0 else { throw ValidationError("--kills must be above 0.") }
        for name in chosen where !Parts.names.contains(name) {
            throw ValidationError(
                "'\(name)' is no part; there are \(Parts.names.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        if let simulation { return try await Self.tell(simulation) }
        let seed = seed ?? .random(in: 1...999_999)
        let progress = Progress()
        progress.say("torture: seed \(seed)")
        let chosen = chosen
        let trials = Parts(seed: seed, kills: kills).trials.filter { chosen.contains($0.name) }
        let verdict = await Runner(trials: trials, progress: progress).run()
        print("\n" + verdict.text(seed: seed, kills: kills))
        if !verdict.isGood { throw ExitCode.failure }
    }

    private static func tell(_ simulation: UInt64) async throws {
        let run = SimulationRun(seed: simulation) { print($0) }
        let failures = try await run.run().failures
        for failure in failures { print(failure) }
        if !failures.isEmpty { throw ExitCode.failure }
    }

    private var chosen: [String] {
        only?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? Parts.names
    }
}
