internal import Foundation
internal import Glibc
internal import Mosquitto
internal import OpenSSL
internal import Rig

/// Two sensors, and who waits for their fused value: in one thread, on one connection, so that
/// one clock measures from a sensor's publish to the value's arrival.
final class ReactionProbe: MosquittoEvents {
    private static let topics = (1...2).map { "plant/1/dev-\($0)/temperature" }
    private let client: MosquittoClient
    private var isSubscribed = false
    private var unanswered = 0
    /// Milliseconds, in the order of arrival.
    private(set) var latencies: [Double] = []

    /// Returns when it is subscribed.
    init(port: Int, certificates: Certificates) throws {
        client = try MosquittoClient(clientID: "load", cleanSession: true)
        let files = TLSFiles(
            authorities: certificates.authorities, certificate: certificates.certificate("load"),
            key: certificates.key("load"))
        try client.use(
            TLSClientContext(
                files: files, host: "localhost", now: Int64(Date().timeIntervalSince1970)))
        client.prepareToPublish(maximumInFlight: 1_000)
        client.events = self
        try client.connect(
            host: "localhost", port: port, keepAlive: 30, maximumPacket: 1_000_000,
            receiveMaximum: 1_000)
        let deadline = Monotonic.now + 20
        while !isSubscribed {
            guard Monotonic.now < deadline else { throw BenchError("the probe can't subscribe") }
            try turn()
        }
    }

    /// So many readings a second for so long, a few each millisecond; then waits for the rest.
    func run(rate: Int, seconds: Double) throws {
        let start = Monotonic.now
        var sent = 0
        let total = Int(Double(rate) * seconds)
        while sent < total {
            let due = min(total, Int((Monotonic.now - start) * Double(rate)))
            while sent < due {
                let payload = #"{"ts":\#(Self.now),"value":\#(20 + sent % 7).5}"#
                _ = try client.publish(
                    topic: Self.topics[sent % 2], payload: Array(payload.utf8), isRetained: false)
                unanswered += 1
                sent += 1
            }
            try turn()
        }
        let end = Monotonic.now + 2
        while Monotonic.now < end { try turn() }
    }

    private func turn() throws {
        guard let socket = client.socket else { throw BenchError("the probe lost its connection") }
        if client.wantsToWrite { try client.write() }
        var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        poll(&poller, 1, 1)
        repeat { try client.read() } while !client.isDrained
        try client.tend()
    }

    /// Microseconds.
    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    func connected(code: Int32, sessionPresent: Bool) { try? client.subscribe(["tidegate/#"]) }

    func subscribed(granted: [Int32]) { isSubscribed = granted == [1] }

    func received(packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool) {
        let text = payload.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        // The value has the time of its latest reading: the one that brought it about.
        guard text.hasPrefix("{\"ts\":"),
            let time = Double(text.dropFirst(6).prefix { $0.isNumber || $0 == "." })
        else { return }
        latencies.append(Double(Self.now) / 1_000 - time)
    }

    func published(packetID: Int32, refusal: String?) { unanswered -= 1 }
}
