/// All the parts, started on free loopback ports in a folder of their own: broker, receiver,
/// a link that can be cut, gateway.
package final class Plant {
    package static let devices = [
        "tc-1", "tc-2", "tc-3", "pump-1", "flow-1", "pressure-1", "vibration-1",
    ]

    package let workspace: Workspace
    package let certificates: Certificates
    package let broker: Broker
    package let receiver: Receiver
    package let link: Link
    package let gateway: Gateway
    private var truths: [String] = []

    /// Returns when the gateway is subscribed.
    ///
    /// - Parameter devices: those that get a certificate.
    package init(
        name: String, configuration: GatewayConfiguration = .plant,
        devices: [String] = Plant.devices, broker settings: [String: String] = [:]
    ) throws {
        workspace = try Workspace(name: name)
        certificates = try Certificates(
            in: workspace,
            names: ["broker", "receiver", configuration.gateway] + devices
                + (configuration.publisher.map { [$0, "operator"] } ?? []))
        let ports = try Port.free(3)
        broker = try Broker(
            in: workspace, certificates: certificates, port: ports[0],
            accessList: configuration.publisher == nil
                ? nil : Broker.accessListWithEverybody(in: workspace),
            settings: settings)
        receiver = try Receiver(in: workspace, certificates: certificates, port: ports[1])
        link = try Link(to: ports[1])
        var configuration = configuration
        configuration.brokerPort = broker.port
        configuration.uplinkPort = link.port
        configuration.consolePort = ports[2]
        gateway = try Gateway(
            in: workspace, certificates: certificates, configuration: configuration)
        try waitUntilReady()
    }

    /// Until the broker has the gateway's subscriptions: what is published before is lost.
    package func waitUntilReady() throws {
        try gateway.wait(for: "the gateway to subscribe at the broker", seconds: 20) {
            $0.broker.connected
        }
    }

    /// `tidegate simulate` with these arguments; its truth is part of `compare`.
    package func simulate(_ arguments: [String]) throws -> Simulation {
        let simulation = try Simulation(
            arguments, name: "simulation-\(truths.count + 1)", in: workspace,
            certificates: certificates, brokerPort: broker.port)
        truths.append(simulation.truth)
        return simulation
    }

    package func truth() throws -> Truth {
        try Truth(files: truths, configuration: gateway.configuration)
    }

    /// Compares what all simulations published with what the receiver exports.
    package func compare() throws -> Comparison {
        try Comparison(
            truth: truth(), exported: receiver.exportedWindows(),
            configuration: gateway.configuration)
    }

    /// Waits until nothing is open and nothing waits in the gateway, for a while: what the
    /// broker has acknowledged may still be on its way to the gateway.
    @discardableResult
    package func drain(
        seconds: Double, progress: (GatewayStatus) -> Void = { _ in }
    ) throws -> GatewayStatus {
        var since: ContinuousClock.Instant?
        return try gateway.wait(for: "the gateway to deliver everything", seconds: seconds) {
            progress($0)
            guard $0.isDrained else {
                since = nil
                return false
            }
            since = since ?? .now
            return since.map { $0.duration(to: .now) >= .milliseconds(1_500) } ?? false
        }
    }

    /// The ends of all logs, for an error.
    package var logs: String {
        [("gateway", gateway.process), ("receiver", receiver.process), ("broker", broker.process)]
            .map { "  \($0.0).log ends with\n\($0.1.tail())" }.joined(separator: "\n")
    }

    /// Stops everything; the folder stays.
    package func stop() {
        for process in [gateway.process, receiver.process, broker.process] {
            process.killAndWait()
        }
    }

    /// Stops everything and removes the folder.
    package func remove() {
        stop()
        workspace.remove()
    }
}
