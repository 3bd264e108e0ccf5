internal import Foundation
internal import Mosquitto
internal import OpenSSL

/// A client that notes what it hears, in its owner's thread: a person at a terminal.
package final class Listener: MosquittoEvents {
    package struct Heard: Hashable, Sendable {
        package var topic: String
        package var payload: String
        package var isRetained: Bool

        package init(topic: String, payload: String, isRetained: Bool) {
            self.topic = topic
            self.payload = payload
            self.isRetained = isRetained
        }
    }

    private let client: MosquittoClient
    private let filter: String
    private var isSubscribed = false
    package private(set) var heard: [Heard] = []

    /// With the certificate of `operator`; returns when it is subscribed.
    package init(port: Int, certificates: Certificates, filter: String) throws {
        self.filter = filter
        client = try MosquittoClient(clientID: "operator", cleanSession: true)
        let files = TLSFiles(
            authorities: certificates.authorities,
            certificate: certificates.certificate("operator"), key: certificates.key("operator"))
        try client.use(
            TLSClientContext(
                files: files, host: "localhost", now: Int64(Date().timeIntervalSince1970)))
        client.events = self
        // Longer than any test: while its owner waits for a thread nobody says that it lives, and
        // the broker would end the connection.
        try client.connect(
            host: "localhost", port: port, keepAlive: 3_600,
            maximumPacket: 1_000_000, receiveMaximum: 1_000)
        try listen("the subscription") { isSubscribed }
    }

    /// Turns the loop until the condition holds.
    package func listen(_ what: String, seconds: Double = 20, until isDone: () -> Bool) throws {
        let deadline = Date().addingTimeInterval(seconds)
        while !isDone() {
            guard let socket = client.socket, Date() < deadline else {
                throw RigError("gave up listening for \(what) after \(heard.count) messages")
            }
            if client.wantsToWrite { try client.write() }
            var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            poll(&poller, 1, 10)
            repeat { try client.read() } while !client.isDrained
        }
    }

    /// Goes out with the next turn.
    package func say(_ text: String, on topic: String) throws {
        _ = try client.publish(topic: topic, payload: Array(text.utf8), isRetained: false)
    }

    package func connected(code: Int32, sessionPresent: Bool) { try? client.subscribe([filter]) }

    package func subscribed(granted: [Int32]) { isSubscribed = granted == [1] }

    package func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool
    ) {
        heard.append(
            Heard(topic: Self.text(topic), payload: Self.text(payload), isRetained: isRetained))
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
