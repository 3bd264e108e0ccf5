internal import Foundation
internal import Rig

internal import struct Simulator.SplitMix

/// Gateway and receiver are killed again and again under load, each on its own and both at
/// once, while the link breaks and the broker is stopped and started.
struct KillTrial: BlockingTrial {
    let name = "kills"
    let load = TrialLoad.machine
    let seed: UInt64
    /// Of each end.
    let kills: Int

    /// Readings a second of each of the eight sensors: 4,000 messages a second in all.
    private static let rate = 500

    func play(_ progress: Progress) throws -> Findings {
        let schedule = KillSchedule(kills: kills, seed: seed)
        var configuration = GatewayConfiguration.plant
        // Many small windows and batches: the more often something is on its way, the better.
        configuration.window = 100
        configuration.batchAge = "100ms"
        configuration.retryBase = "50ms"
        // Longer than the broker and the gateway are ever away together.
        configuration.idle = 8
        return try Findings.of(Plant(name: "kills", configuration: configuration)) {
            try play(schedule, on: $0, progress)
        }
    }

    private func play(
        _ schedule: KillSchedule, on plant: Plant, _ progress: Progress
    ) throws -> Findings {
        let executioner = Executioner(schedule)
        let sampler = Sampler()
        var load = BrokenLoad(rate: Self.rate, seed: seed)
        sampler.begin(plant.gateway)
        executioner.begin(gateway: plant.gateway, receiver: plant.receiver, link: plant.link)
        // The last tenth of the kills meets what is left to be delivered.
        while executioner.progress < 0.9 {
            let stops = load.stops
            try load.publish(on: plant) {
                note(executioner, sampler, stops: stops, progress)
                return executioner.progress < 0.9
            }
        }
        progress.say("kills: the load is over, the kills go on while the rest is delivered")
        while !executioner.isOver {
            note(executioner, sampler, stops: load.stops, progress)
            Thread.sleep(forTimeInterval: 0.1)
        }
        try plant.receiver.waitUntilReady()
        try plant.waitUntilReady()
        try plant.drain(seconds: 120)
        sampler.end()
        progress.say("kills: everything is delivered; comparing with the truth")
        return try findings(executioner, sampler, load, plant)
    }

    private func note(
        _ executioner: Executioner, _ sampler: Sampler, stops: Int, _ progress: Progress
    ) {
        let (gateway, receiver) = executioner.kills
        progress.note(
            name,
            "gateway killed \(gateway) times, receiver \(receiver), broker stopped "
                + "\(stops); \(sampler.total.messages) messages committed")
    }

    private func findings(
        _ executioner: Executioner, _ sampler: Sampler, _ load: BrokenLoad, _ plant: Plant
    ) throws -> Findings {
        var findings = Findings()
        let schedule = executioner.schedule
        let (gateway, receiver) = executioner.kills
        let audit = try plant.receiver.audit()
        findings.tally.kills = gateway + receiver
        findings.failures += executioner.mishaps
        findings.expect(
            audit.epochs.count == 1 && audit.epochs[0].conflicts == 0,
            "the receiver saw \(audit.epochs.count) epochs, with "
                + "\(audit.epochs.reduce(0) { $0 + $1.conflicts }) conflicts")
        try findings.compare(plant, "SIGKILL to the gateway", times: gateway)
        for age in KillSchedule.Age.allCases {
            findings.add(
                "  \(age.span.lowerBound) to \(age.span.upperBound) ms after its start",
                schedule.ages[.gateway]?[age] ?? 0, "")
        }
        findings.add(
            "SIGKILL to the receiver", receiver,
            "\(audit.batches) batches taken, \(audit.duplicates) came twice and counted once")
        findings.add("  both at once", schedule.both, "")
        findings.add(
            "broker stopped and started", load.stops,
            "\(sampler.total.redelivered) messages handed over again and counted once")
        findings.add("link cut and restored", schedule.cuts, "\(sampler.total.resent) sent again")
        return findings
    }
}
