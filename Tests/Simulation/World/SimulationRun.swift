internal import Core
internal import Foundation

/// The whole gateway in one process: everything that can go wrong goes wrong as the seed
/// says, then all heals, drains, and is counted.
package struct SimulationRun: Sendable {
    private let seed: UInt64
    private let sabotage: Sabotage?
    private let trace: (@Sendable (String) -> Void)?

    /// - Parameters:
    ///   - sabotage: a promise to break.
    ///   - trace: is told what happens.
    package init(
        seed: UInt64, sabotage: Sabotage? = nil, trace: (@Sendable (String) -> Void)? = nil
    ) {
        self.seed = seed
        self.sabotage = sabotage
        self.trace = trace
    }

    package func run() async throws -> SimulationOutcome {
        let directory = try Self.makeDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let world = World(seed: seed, sabotage: sabotage, directory: directory, trace: trace)
        // World and gateway hold each other.
        defer { world.life = nil }
        await world.play(until: world.scenario.duration)
        let isDrained = await drain(world)
        world.end()
        world.meter.count(.virtualSeconds, Int(world.clock.elapsed / 1_000_000))
        var failures = world.truth.failures
        if failures.isEmpty {
            failures =
                isDrained
                ? Verdict.failures(of: world)
                : ["not drained after \(world.clock.elapsed / 1_000_000) s"]
        }
        let step = world.meter.tally[.steps]
        return SimulationOutcome(
            seed: seed, failures: failures.map { "seed \(seed), step \(step): \($0)" },
            tally: world.meter.tally, fingerprint: world.receiver.fingerprint)
    }

    /// Everything works; each loss shows, each window closes, each batch goes.
    private func drain(_ world: World) async -> Bool {
        world.heal()
        let deadline = world.clock.elapsed + 1_200_000_000
        func wait(for condition: () async -> Bool) async -> Bool {
            while await !condition() {
                guard world.clock.elapsed < deadline, world.truth.failures.isEmpty else {
                    return false
                }
                await world.play(until: world.clock.elapsed + 2_000_000)
            }
            return true
        }
        // Delayed requests arrive too.
        await world.play(until: world.clock.elapsed + 20_000_000)
        guard await wait(for: { world.isQuiet }) else { return false }
        world.publishLast()
        await world.play(until: world.clock.elapsed + 3_000_000)
        guard await wait(for: { world.isQuiet && world.life?.hasOpenWindows == false }) else {
            return false
        }
        // Gaps are gathered for a minute.
        await world.play(until: world.clock.elapsed + 62_000_000)
        return await wait { await world.life?.isEmpty() ?? false }
    }

    /// In memory where there is such a folder.
    private static func makeDirectory() throws -> String {
        let shared = "/dev/shm"
        let folder =
            FileManager.default.isWritableFile(atPath: shared)
            ? shared : FileManager.default.temporaryDirectory.path
        let path = "\(folder)/tidegate-simulation-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
