internal import Foundation
internal import Glibc
internal import Rig

/// `make demo`: a plant's bad minute on real parts, and the proof that nothing was lost in it.
@main
struct Demo {
    static func main() {
        let story = Story()
        do {
            story.tell("starting broker, receiver and gateway on free loopback ports")
            let plant = try Plant(name: "demo")
            let isEqual = try run(plant, story)
            if ProcessInfo.processInfo.environment["KEEP"] == "1" { try keep(plant, story) }
            if isEqual { plant.remove() }
            exit(isEqual ? 0 : 1)
        } catch {
            say("demo: failed: \(error)")
            exit(1)
        }
    }

    /// - Returns: whether the receiver holds what the plant published.
    private static func run(_ plant: Plant, _ story: Story) throws -> Bool {
        do {
            let status = try live(plant, story)
            return try Verdict(plant: plant, status: status).tell()
        } catch {
            throw RigError("\(error)\n\(plant.logs)\n  files: \(plant.workspace.folder.path)")
        }
    }

    private static func live(_ plant: Plant, _ story: Story) throws -> GatewayStatus {
        let gateway = plant.gateway
        story.tell("telemetry flows: 7 devices, 8 sensors, 5 readings a second each, mTLS")
        let first = try plant.simulate(["plant", "--rate", "5", "--readings", "150"])
        try story.watch(gateway, seconds: 11)
        try gateway.wait(for: "the first batches to arrive", seconds: 20) {
            $0.uplink.accepted > 0
        }

        story.tell("the link to the receiver is cut; the sensors go on")
        plant.link.cut()
        try story.watch(gateway, seconds: 6)

        story.tell("SIGKILL to the gateway; the broker keeps what arrives")
        gateway.process.killAndWait()
        usleep(3_000_000)
        story.tell("the gateway starts again on the same store, still offline")
        try gateway.restart()
        try plant.waitUntilReady()
        try story.watch(gateway) { first.process.isRunning }
        try first.finish(seconds: 1)
        try story.watch(gateway, seconds: 1)

        story.tell("50 more payloads a sensor arrive while the gateway is offline")
        let second = try plant.simulate(
            ["plant", "--rate", "10", "--readings", "50", "--seed", "2"])
        try story.watch(gateway) { second.process.isRunning }
        try second.finish(seconds: 1)
        try story.watch(gateway, seconds: 5)

        story.tell("the link is back; everything drains")
        try plant.link.restore()
        let status = try plant.drain(seconds: 60) { story.progress($0) }
        story.tell("drained; comparing with the truth, window by window")
        return status
    }

    private static func keep(_ plant: Plant, _ story: Story) throws {
        let console = plant.gateway.configuration.consolePort
        let programs = try Workspace.program("tidegate")
        story.tell("KEEP=1: the plant goes on; Ctrl-C ends it and removes its folder")
        say(
            """
              files     \(plant.workspace.folder.path)
              logs      \(plant.workspace.folder.path)/{broker,gateway,receiver}.log
              console   http://127.0.0.1:\(console)/status  /metrics  /healthz  /readyz
              broker    localhost:\(plant.broker.port), certificates in \(plant.certificates.directory)
              try       \(programs) status --config \(plant.gateway.file)
                        \(programs)-receiver audit --storage \(plant.receiver.storage)
                        \(programs)-receiver export --storage \(plant.receiver.storage) \
            --format ndjson
            """)
        signal(SIGINT, SIG_IGN)
        let interrupted = DispatchSemaphore(value: 0)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { interrupted.signal() }
        source.resume()
        _ = try plant.simulate(["plant", "--rate", "5", "--seed", "3"])
        interrupted.wait()
    }
}
