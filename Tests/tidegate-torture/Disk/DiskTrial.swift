internal import Foundation
internal import Rig

internal import struct Simulator.SplitMix

/// The disk below the gateway's store fails under load, in each way that the kernel can be
/// made to play.
struct DiskTrial: BlockingTrial {
    let name = "disk"
    let load = TrialLoad.little
    let seed: UInt64

    private static var faults: [any DiskFault.Type] {
        [FullDisk.self, DyingDisk.self, ReadOnlyDisk.self]
    }
    private static let rounds = 3

    func play(_ progress: Progress) throws -> Findings {
        var findings = Findings()
        var random = SplitMix(seed: seed)
        for fault in Self.faults {
            let workspace = try Workspace(name: "disk")
            defer { workspace.remove() }
            let kind = fault.name
            guard let fault = try fault.init(in: workspace) else {
                findings.skip(kind, because: "this user may not mount a file system")
                progress.say("disk: \(kind) is skipped: this user may not mount a file system")
                continue
            }
            defer { fault.remove() }
            findings.add(try play(fault, &random, progress))
        }
        return findings
    }

    private func play(
        _ fault: some DiskFault, _ random: inout SplitMix, _ progress: Progress
    ) throws -> Findings {
        var configuration = GatewayConfiguration.plant
        configuration.storage = fault.storage
        configuration.window = 100
        configuration.idle = 5
        // The plant is gone before the disk goes: nothing may be open on it.
        return try Findings.of(Plant(name: "disk", configuration: configuration)) {
            try play(fault, on: $0, &random, progress)
        }
    }

    private func play(
        _ fault: some DiskFault, on plant: Plant, _ random: inout SplitMix, _ progress: Progress
    ) throws -> Findings {
        var findings = Findings()
        let load = try plant.simulate(["plant", "--rate", "200", "--seed", "\(seed % 1_000)"])
        for round in 1...Self.rounds {
            progress.note(name, "\(fault.name), time \(round) of \(Self.rounds)")
            Thread.sleep(forTimeInterval: Double.random(in: 1...3, using: &random))
            try fault.strike()
            // A commit that fits in where something was before may still succeed: all must say
            // it at one time.
            var hidden: [String] = []
            _ = try? Wait.until("the store's trouble", seconds: 30) {
                hidden = try plant.gateway.placesThatHide(fault.reason)
                return hidden.isEmpty
            }
            findings.expect(hidden.isEmpty, "\(fault.name): not said at \(hidden)")
            Thread.sleep(forTimeInterval: Double.random(in: 0.5...3, using: &random))
            try fault.mend(plant)
            try plant.gateway.wait(for: "the store to go on", seconds: 90) {
                $0.store.trouble == nil && $0.broker.connected
            }
        }
        load.process.terminate()
        try load.finish(seconds: 90)
        plant.gateway.process.terminate()
        let code = try plant.gateway.process.wait(seconds: 20)
        findings.expect(code == 0, "\(fault.name): the gateway ended with \(code)")
        try fault.lookAgain()
        try plant.gateway.restart()
        try plant.waitUntilReady()
        try plant.drain(seconds: 90)
        let sessions = plant.gateway.logged("session=new")
        findings.expect(sessions == 1, "\(fault.name): \(sessions) sessions at the broker, not 1")
        try findings.compare(plant, fault.name, times: Self.rounds)
        return findings
    }
}
