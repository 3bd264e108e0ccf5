internal import Foundation
internal import Rig

/// `tidegate run` with an empty store, and a real receiver for what it ships.
final class Gateway: Subject {
    let process: ChildProcess
    private let receiver: Receiver
    private let console: Int

    init(
        brokerPort: Int, settings: Settings = Settings(), certificates: Certificates,
        in workspace: Workspace
    ) throws {
        let ports = try Port.free(2)
        console = ports[0]
        receiver = try Receiver(in: workspace, certificates: certificates, port: ports[1])
        let file = workspace.path("gateway.yaml")
        try settings.yaml(
            storage: workspace.directory("gateway"), certificates: certificates,
            brokerPort: brokerPort, receiverPort: receiver.port, console: console
        ).write(toFile: file, atomically: true, encoding: .utf8)
        process = try ChildProcess(
            Workspace.program("tidegate"), ["run", "--config", file],
            log: workspace.path("gateway.log"))
    }

    deinit {
        process.killAndWait()
        receiver.process.killAndWait()
    }

    func waitUntilSubscribed() throws {
        try waitFor("the gateway's subscription") { $0.broker.connected }
    }

    func waitUntilReceived(_ messages: Int) throws -> Double {
        try waitFor("the gateway to take \(messages) messages") { $0.broker.messages >= messages }
        return Monotonic.now
    }

    /// How many messages it has committed, once there are so many.
    func received(atLeast messages: Int) throws -> Int {
        _ = try waitUntilReceived(messages)
        return try status()?.broker.messages ?? messages
    }

    /// Blocks until the receiver holds that many windows: bytes on the wire for each.
    func waitUntilShipped(windows: Int) throws -> Double {
        try Wait.answer("\(windows) windows at the receiver", seconds: 120) {
            usleep(1_000_000)
            let audit = try receiver.audit()
            guard audit.windows >= windows else { return nil }
            guard audit.windows == windows else {
                throw BenchError("\(audit.windows) windows arrived where \(windows) were due")
            }
            return Double(audit.bytesWire) / Double(windows)
        }
    }

    private func waitFor(_ what: String, _ isSo: (GatewayStatus) -> Bool) throws {
        try Wait.until(what, seconds: 120) {
            guard process.isRunning else {
                throw BenchError("the gateway ended:\n\(process.tail())")
            }
            return try status().map(isSo) ?? false
        }
    }

    private func status() throws -> GatewayStatus? {
        guard let answer = HTTP.get("/status", port: console), answer.status == 200 else {
            return nil
        }
        return try JSONDecoder().decode(GatewayStatus.self, from: answer.body)
    }
}
