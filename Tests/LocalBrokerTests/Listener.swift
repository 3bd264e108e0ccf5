import Core
import Foundation
import Mosquitto
import OpenSSL
import Rig

/// A client that notes what it hears, in its owner's thread.
final class Listener: MosquittoEvents {
    struct Heard: Hashable {
        var topic: String
        var payload: String
        var isRetained: Bool
    }

    private let client: MosquittoClient
    private let filter: String
    private var isSubscribed = false
    private(set) var heard: [Heard] = []

    init(_ scene: BrokerScene, filter: String) throws {
        self.filter = filter
        client = try MosquittoClient(clientID: "operator", cleanSession: true)
        try client.use(
            TLSClientContext(
                files: scene.files("operator"), host: "localhost",
                now: BrokerScene.now.microseconds / 1_000_000))
        client.events = self
        try client.connect(
            host: "localhost", port: scene.broker.port, keepAlive: 30,
            maximumPacket: 1_000_000, receiveMaximum: 1_000)
        try listen("the subscription") { isSubscribed }
    }

    /// Turns the loop until the condition holds.
    func listen(_ what: String, seconds: Double = 20, until isDone: () -> Bool) throws {
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

    func connected(code: Int32, sessionPresent: Bool) { try? client.subscribe([filter]) }

    func subscribed(granted: [Int32]) { isSubscribed = granted == [1] }

    func received(packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool) {
        heard.append(
            Heard(topic: Self.text(topic), payload: Self.text(payload), isRetained: isRetained))
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
