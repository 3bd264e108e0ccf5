internal import Foundation

/// `tidegate run` with an empty store, and a real receiver for what it ships.
struct Gateway: Subject {
    let child: Child
    private let receiver: Receiver
    private let console: Int

    init(
        _ workshop: Workshop, brokerPort: Int, settings: Settings = Settings(),
        in directory: Directory
    ) throws {
        receiver = try Receiver(workshop, in: directory)
        console = try Loopback.freePort()
        let file = try directory.write(
            settings.yaml(
                storage: directory.make("gateway").path, certificates: workshop.certificates,
                brokerPort: brokerPort, receiverPort: receiver.port, console: console),
            to: "gateway.yaml")
        child = try Child(
            "tidegate", workshop.program("tidegate"), ["run", "--config", file], in: directory)
    }

    func waitUntilSubscribed() throws {
        try wait(for: "the gateway's connection", child) { status?.broker.connected == true }
        // The subscription follows the connection.
        usleep(500_000)
    }

    func waitUntilReceived(_ messages: Int) throws -> Double {
        try wait(for: "the gateway to take \(messages) messages", child, within: 120) {
            (status?.broker.messages ?? 0) >= messages
        }
        return Monotonic.now
    }

    /// Blocks until the receiver holds that many windows: bytes on the wire for each.
    func waitUntilShipped(windows: Int) throws -> Double {
        var shipped = Audit.Records()
        try wait(for: "\(windows) windows to arrive", child, within: 120, every: 1) {
            shipped = try receiver.audit()
            return shipped.windows >= windows
        }
        guard shipped.windows == windows else {
            throw BenchError("\(shipped.windows) windows arrived where \(windows) were expected")
        }
        return Double(shipped.bytes) / Double(shipped.windows)
    }

    private struct Status: Decodable {
        var broker: Broker
        struct Broker: Decodable {
            var connected: Bool
            var messages: Int
        }
    }

    private var status: Status? {
        Loopback.get("/status", port: console)
            .flatMap { try? JSONDecoder().decode(Status.self, from: $0) }
    }
}
