internal import Core
internal import Mosquitto
internal import OpenSSL

#if canImport(Glibc)
    internal import Glibc
#endif

/// The second connection: publishes what lies on the desk, until it is told to stop. All of it
/// on one thread.
///
/// At QoS 1: a message leaves as soon as it would at QoS 0, since nobody waits for the answer,
/// but one that the broker refuses, or that was on its way when the connection broke, is known
/// and not lost in silence.
final class PublisherLoop: MosquittoEvents {
    private let settings: LocalPublisherSettings
    private let desk: PublisherDesk
    private let stop: WakeUp
    private let uptime: () -> Microseconds
    private let client: MosquittoClient
    private var backoff: Backoff
    /// Topics by packet id; libmosquitto sends them again on the next connection.
    private var inFlight: [Int32: String] = [:]
    private var answered = 0
    private var isConnected = false
    private var refusal: String?

    /// A connection that lasted so long was a good one.
    private static let settled: Microseconds = 10_000_000

    /// - Throws: `TLSError` or `MosquittoError` for settings that can never work.
    init(
        settings: LocalPublisherSettings, desk: PublisherDesk, stop: WakeUp, now: Timestamp,
        uptime: @escaping () -> Microseconds
    ) throws {
        self.settings = settings
        self.desk = desk
        self.stop = stop
        self.uptime = uptime
        backoff = settings.backoff
        // With its wake-up pair: leaving that out would touch the whole process.
        client = try MosquittoClient(clientID: settings.clientID, cleanSession: true)
        client.prepareToPublish(maximumInFlight: settings.maximumInFlight)
        try client.use(
            TLSClientContext(
                files: settings.tls, host: settings.host, now: now.microseconds / 1_000_000))
        client.events = self
    }

    func run() {
        defer { desk.close(inFlight: inFlight.count) }
        while !stop.isGiven {
            let began = uptime()
            let reason = connection()
            if stop.isGiven { return }
            isConnected = false
            desk.note {
                $0.isConnected = false
                $0.trouble = reason
            }
            if uptime() - began >= Self.settled { backoff.succeeded() }
            var generator = SystemRandomNumberGenerator()
            if stop.wait(backoff.failed(using: &generator)) { return }
        }
    }

    /// One connection, from the handshake to its end.
    ///
    /// - Returns: why it ended.
    private func connection() -> String {
        refusal = nil
        do {
            // We subscribe to nothing: of what the broker sends only its answers count.
            try client.connect(
                host: settings.host, port: settings.port, keepAlive: settings.keepAlive,
                maximumPacket: 65_536, receiveMaximum: 1)
            try converse()
        } catch {
            return refusal ?? "\(error)"
        }
        return refusal ?? "the connection was closed"
    }

    private func converse() throws(MosquittoError) {
        var end: Microseconds?
        while let socket = client.socket {
            if end == nil, stop.isGiven { end = uptime() + settings.farewell }
            if isConnected { handOver() }
            if client.wantsToWrite { try client.write() }
            if let end, uptime() >= end || inFlight.isEmpty && desk.isEmpty {
                client.disconnect()
                return
            }
            wait(socket, isStopping: end != nil)
            while client.socket != nil {
                try client.read()
                if client.isDrained { break }
            }
            if answered > 0 {
                desk.note { [answered, inFlight] in
                    $0.published += answered
                    $0.inFlight = inFlight.count
                }
                answered = 0
            }
            if refusal != nil {
                client.abandon()
                return
            }
            try client.tend()
        }
    }

    /// Gives libmosquitto as much as may be on its way.
    private func handOver() {
        let room = settings.maximumInFlight - inFlight.count
        guard room > 0 else { return }
        let publications = desk.pickUp(room)
        for publication in publications {
            do {
                let id = try client.publish(
                    topic: publication.topic, payload: publication.payload,
                    isRetained: publication.isRetained)
                inFlight[id] = publication.topic
            } catch {
                desk.refused("can't publish on '\(publication.topic)': \(error)")
            }
        }
        if !publications.isEmpty { desk.note { [inFlight] in $0.inFlight = inFlight.count } }
    }

    private func wait(_ socket: Int32, isStopping: Bool) {
        // With no room to publish, news must wait for answers.
        let hasRoom = isConnected && inFlight.count < settings.maximumInFlight
        var pollers = [
            pollfd(
                fd: socket, events: Int16(POLLIN) | (client.wantsToWrite ? Int16(POLLOUT) : 0),
                revents: 0),
            pollfd(fd: hasRoom ? desk.wakeUp.descriptor : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isStopping ? -1 : stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&pollers, 3, isStopping ? 10 : 1_000)
    }

    // MARK: MosquittoEvents

    func connected(code: Int32, sessionPresent: Bool) {
        guard code == 0 else {
            refusal =
                "the broker refused the connection: \(MosquittoClient.meaning(ofAnswer: code))"
            if client.speaksMQTT5, MosquittoClient.isVersionRefused(code) {
                client.speaksMQTT5 = false
                refusal = "the broker does not know MQTT 5; MQTT 3.1.1 is next"
            }
            return
        }
        isConnected = true
        desk.note {
            $0.isConnected = true
            $0.connections += 1
            $0.trouble = nil
        }
    }

    func published(packetID: Int32, refusal: String?) {
        let topic = inFlight.removeValue(forKey: packetID) ?? "?"
        guard let refusal else {
            answered += 1
            return
        }
        desk.refused(
            "the broker does not take '\(topic)' (\(refusal)); see the publisher's lines in its "
                + "access list, broker-config/acl")
        desk.note { [inFlight] in $0.inFlight = inFlight.count }
    }
}
