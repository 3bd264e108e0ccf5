internal import Foundation
internal import Mosquitto
internal import OpenSSL

/// Hears what passes a broker, for a while, as a person with `mosquitto_sub` does. It blocks its
/// caller's thread.
package final class BrokerListener: MosquittoEvents {
    package typealias Heard = (_ topic: [UInt8], _ payload: [UInt8]) -> Void

    private let client: MosquittoClient
    private let filter: String
    private let heard: Heard
    private var granted: Int32?
    private var refusal: Int32 = 0
    /// Larger messages the broker is to keep.
    private static let maximumPacket = 1_048_576
    private static let patience = 20.0

    /// Connects and subscribes.
    ///
    /// - Parameter device: whose certificate to show; the broker may take its name for the client
    ///   id, which ends another connection of that name.
    package init(
        access: BrokerAccess, device: String, filter: String, heard: @escaping Heard
    ) throws {
        self.filter = filter
        self.heard = heard
        client = try MosquittoClient(clientID: device, cleanSession: true)
        try client.use(
            TLSClientContext(
                files: access.files(of: device), host: access.address.host,
                now: Clock.wall / 1_000))
        client.events = self
        do {
            try client.connect(
                host: access.address.host, port: access.address.port, keepAlive: 30,
                maximumPacket: Self.maximumPacket, receiveMaximum: 1_000)
        } catch {
            throw SimulatorError(
                "can't reach the broker at \(access.address) (\(error))",
                advice: "does it run, and is that its TLS port?")
        }
        try turn(for: Self.patience) { granted != nil || refusal != 0 }
        guard granted.map({ $0 < 128 }) ?? false else {
            throw SimulatorError(
                "the broker refused the subscription to '\(filter)'",
                advice: "does its access list let '\(device)' read there?")
        }
    }

    /// - Parameter seconds: for how long.
    package func listen(seconds: Double) throws {
        try turn(for: seconds) { false }
        client.disconnect()
    }

    private func turn(for seconds: Double, until isDone: () -> Bool) throws {
        let deadline = Clock.wall + Int64(seconds * 1_000)
        while !isDone(), Clock.wall < deadline {
            guard let socket = client.socket else {
                throw SimulatorError(
                    "the broker ended the connection", advice: "its log tells why")
            }
            if client.wantsToWrite { try client.write() }
            var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            poll(&poller, 1, 50)
            repeat { try client.read() } while !client.isDrained
            try client.tend()
        }
    }

    package func connected(code: Int32, sessionPresent: Bool) {
        guard code == 0 else {
            refusal = code
            return
        }
        do {
            try client.subscribe([filter])
        } catch {
            refusal = -1
        }
    }

    package func subscribed(granted: [Int32]) { self.granted = granted.first ?? 128 }

    package func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool
    ) {
        heard(
            topic.withUnsafeBufferPointer { Array($0) },
            payload.withUnsafeBufferPointer { Array($0) })
    }
}
