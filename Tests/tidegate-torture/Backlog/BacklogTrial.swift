internal import Foundation
internal import Rig

/// What a full outbox costs: the gateway's start, its memory, and how fast it ships.
struct BacklogTrial: BlockingTrial {
    let name = "backlog"
    let load = TrialLoad.machine
    let seed: UInt64

    private static let bytes = 5_000_000_000
    /// Enough for as long as shipping is measured.
    private static let reference = 200_000_000
    private static let rounds = 3

    func play(_ progress: Progress) throws -> Findings {
        var configuration = GatewayConfiguration.plant
        configuration.window = 100
        return try Findings.of(Plant(name: "backlog", configuration: configuration)) { plant in
            let stores = try StoreShelf(plant)
            try fill(stores, plant, progress)
            var findings = Findings()
            try compareStarts(stores, plant, &findings, progress)
            try compareShipping(stores, plant, &findings, progress)
            return findings
        }
    }

    /// Three stores: `empty`, `some` and `full`.
    private func fill(_ stores: StoreShelf, _ plant: Plant, _ progress: Progress) throws {
        plant.link.cut()
        try plant.simulate(["plant", "--rate", "100", "--readings", "1000"]).finish(seconds: 60)
        try plant.gateway.wait(for: "the readings to be counted", seconds: 30) {
            $0.broker.messages == 8_000 && $0.core.openWindows == 0
        }
        try stores.stopGateway()
        for name in ["empty", "some", "full"] { try stores.copyGatewayStore(to: name) }
        for (name, bytes) in [("some", Self.reference), ("full", Self.bytes)] {
            try Backlog.grow(in: stores.path(name), to: bytes) { size in
                progress.note(self.name, "an outbox of \(size / 1_000_000) MB is made")
            }
        }
        progress.say("backlog: outboxes of \(Self.bytes / 1_000_000) MB and of nothing are made")
    }

    private func compareStarts(
        _ stores: StoreShelf, _ plant: Plant, _ findings: inout Findings, _ progress: Progress
    ) throws {
        var figures: [String: [StartFigures]] = [:]
        for round in 1...Self.rounds {
            for name in ["full", "empty"] {
                progress.note(self.name, "start \(round) with the \(name) store")
                try stores.use(name) {
                    figures[name, default: []].append(try StartFigures(of: plant))
                }
            }
        }
        let full = StartFigures(medianOf: figures["full"]!)
        let empty = StartFigures(medianOf: figures["empty"]!)
        let size = "\(Self.bytes / 1_000_000_000) GB"
        findings.add(
            "start with \(size) waiting", Self.rounds,
            "\(full.start) (empty: \(empty.start))")
        findings.add("  memory then", Self.rounds, "\(full.memory) (empty: \(empty.memory))")
        findings.add("  tidegate status", Self.rounds, "\(full.status) (empty: \(empty.status))")
        findings.failures += full.excess(over: empty)
    }

    private func compareShipping(
        _ stores: StoreShelf, _ plant: Plant, _ findings: inout Findings, _ progress: Progress
    ) throws {
        try plant.link.restore()
        var rates: [String: Double] = [:]
        for name in ["some", "full"] {
            progress.note(self.name, "shipping from the \(name) store")
            // Both stores are of one epoch, of which a receiver takes each number once.
            try plant.receiver.beginAnew()
            try stores.use(name) { rates[name] = try shipping(plant) }
        }
        let (some, full) = (rates["some"]!, rates["full"]!)
        findings.add(
            "shipping with \(Self.bytes / 1_000_000_000) GB waiting", 1,
            "\(Int(full)) batches/s (\(Self.reference / 1_000_000) MB: \(Int(some)))")
        findings.expect(
            full * 2 > some, "shipping from a full outbox: \(full) batches/s, \(some) otherwise")
    }

    /// Batches a second, with readings coming in meanwhile.
    private func shipping(_ plant: Plant) throws -> Double {
        try plant.gateway.restart()
        try plant.waitUntilReady()
        let before = try plant.gateway.wait(for: "a batch", seconds: 30) { $0.uplink.accepted > 0 }
        let start = ContinuousClock.now
        let seconds = 8
        try plant.simulate([
            "plant", "--rate", "200", "--duration", "\(seconds)s", "--seed", "\(seed % 1_000)",
        ]).finish(seconds: 60)
        let after = try plant.gateway.wait(for: "the readings", seconds: 10) {
            $0.broker.messages >= 200 * 8 * seconds
        }
        let time = start.duration(to: .now) / .seconds(1)
        return Double(after.uplink.accepted - before.uplink.accepted) / time
    }
}
