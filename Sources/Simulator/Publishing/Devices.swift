internal import Mosquitto
internal import OpenSSL

/// The simulated devices, each with a connection and an identity of its own.
struct Devices: ~Copyable {
    private let address: BrokerAddress
    private var publishers: [String: MosquittoPublisher] = [:]
    private(set) var published = 0

    /// Connects each; blocks.
    init(_ names: [String], at access: BrokerAccess) throws(SimulatorError) {
        address = access.address
        for name in names { publishers[name] = try Self.connect(name, to: access) }
    }

    mutating func publish(_ message: Message, from device: String) throws(SimulatorError) {
        guard let publisher = publishers[device] else { return }
        do {
            try publisher.publish(topic: message.topic, payload: Array(message.payload.utf8))
        } catch {
            throw SimulatorError(
                "\(device): \(error), topic '\(message.topic)'", advice: "check the topic")
        }
        published += 1
    }

    /// Blocks until the broker has answered for each message, or for long for none.
    consuming func finish() -> PublishingSummary {
        var summary = PublishingSummary(published: published)
        for (_, publisher) in publishers.sorted(by: { $0.key < $1.key }) {
            publisher.drain(patience: 30)
            summary.add(publisher.outcome)
            publisher.disconnect()
        }
        return summary
    }

    private static func connect(
        _ name: String, to access: BrokerAccess
    ) throws(SimulatorError) -> MosquittoPublisher {
        let address = access.address
        do {
            let context: TLSClientContext? = try TLSClientContext(
                files: access.files(of: name), host: address.host, now: Clock.wall / 1_000)
            let publisher = try MosquittoPublisher(clientID: name, tls: context)
            try publisher.connect(host: address.host, port: address.port)
            return publisher
        } catch let error as TLSError {
            throw SimulatorError(
                (error.file.map { "\($0): " } ?? "") + error.problem, advice: error.advice)
        } catch let error as PublisherError {
            throw SimulatorError(
                "broker \(address), device \(name): \(error)",
                advice: advice(on: error, access: access))
        } catch {
            throw SimulatorError("device \(name): \(error)", advice: "is memory short?")
        }
    }

    private static func advice(on error: PublisherError, access: BrokerAccess) -> String {
        switch error {
        case .unreachable: "is it running there, and are --broker's host and port right?"
        case .handshake:
            "must: the broker's certificate come from \(access.authorities) and name"
                + " '\(access.address.host)', and the broker trust the device's certificate"
        case .refused: "does its access control know this device?"
        case .message: "check the topic"
        }
    }
}
