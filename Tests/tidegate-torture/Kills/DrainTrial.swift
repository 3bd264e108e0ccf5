internal import Foundation
internal import Rig

internal import struct Simulator.SplitMix

/// The gateway comes back after a long absence and is killed again and again while the broker's
/// backlog drains: then mosquitto has far more in flight than it was told, acknowledged and
/// not.
struct DrainTrial: BlockingTrial {
    let name = "drains"
    let load = TrialLoad.machine
    let seed: UInt64

    /// Readings a second of each of the eight sensors, and for how long.
    private static let (rate, seconds) = (500, 40)
    private static let rounds = 2

    func play(_ progress: Progress) throws -> Findings {
        var configuration = GatewayConfiguration.plant
        configuration.window = 100
        configuration.idle = 20
        return try Findings.of(Plant(name: "drains", configuration: configuration)) {
            try play(on: $0, progress)
        }
    }

    private func play(on plant: Plant, _ progress: Progress) throws -> Findings {
        var random = SplitMix(seed: seed)
        let sampler = Sampler()
        var kills = 0
        sampler.begin(plant.gateway)
        for round in 1...Self.rounds {
            plant.gateway.process.killAndWait()
            progress.note(name, "the broker gathers, time \(round) of \(Self.rounds)")
            let load = try plant.simulate([
                "plant", "--rate", "\(Self.rate)", "--duration", "\(Self.seconds)s", "--seed",
                "\(random.next() >> 16)",
            ])
            try load.finish(seconds: 120)
            for _ in 0..<12 {
                try plant.gateway.restart()
                Thread.sleep(forTimeInterval: Double.random(in: 0.1...1.2, using: &random))
                plant.gateway.process.killAndWait()
                kills += 1
                progress.note(
                    name, "killed \(kills) times, \(sampler.total.redelivered) messages known")
            }
            try plant.gateway.restart()
            try plant.waitUntilReady()
            try plant.drain(seconds: 120)
        }
        sampler.end()
        var findings = Findings()
        findings.tally.kills = kills
        try findings.compare(plant, "SIGKILL while the broker's backlog drains", times: kills)
        findings.add(
            "  messages handed over again", sampler.total.redelivered, "known, and counted once")
        return findings
    }
}
