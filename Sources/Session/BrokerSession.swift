package import Core
internal import Mosquitto
internal import OpenSSL

#if canImport(Glibc)
    internal import Glibc
#endif

/// The session with the broker: reads a burst, has it committed, and only then lets the
/// acknowledgements out. Blocks its thread until it is told to stop.
///
/// Reading and committing alternate on the one connection: a flush in between would also
/// acknowledge what was read meanwhile.
package final class BrokerSession: MosquittoEvents {
    private let settings: SessionSettings
    private let handler: any SessionHandler
    private let stop: StopSignal
    private let now: () -> Timestamp
    /// Microseconds of a clock that nobody sets.
    private let uptime: () -> Microseconds
    private let client: MosquittoClient
    private var reception: Reception
    private var backoff: Backoff
    /// Messages so far, and those among them that are not retained from before.
    private var packets = 0
    private var deliveries = 0
    private var arrival = Timestamp.epoch
    private var isConnected = false
    private var refusal: String?
    /// In uptime.
    private var lastDelivery: Microseconds = 0
    /// Connections in a row that were ended since nothing came.
    private var starvations = 0
    /// Former filters that the broker has not yet said it has taken out.
    private var unsubscribing = 0

    /// Takes up what was committed last. To be made before other threads start; see
    /// `MosquittoClient.init`.
    ///
    /// - Throws: `TLSError` or `MosquittoError` for settings that can never work; what
    ///   `recover` throws.
    package init(
        settings: SessionSettings, handler: any SessionHandler, stop: StopSignal,
        now: @escaping () -> Timestamp, uptime: @escaping () -> Microseconds
    ) throws {
        self.settings = settings
        self.handler = handler
        self.stop = stop
        self.now = now
        self.uptime = uptime
        reception = Reception(handler: handler, settings: settings)
        backoff = settings.backoff
        client = try MosquittoClient(
            clientID: settings.clientID, cleanSession: false, wakeUpPair: false)
        try client.use(
            TLSClientContext(
                files: settings.tls, host: settings.host,
                now: now().microseconds / 1_000_000))
        client.events = self
        try reception.recover()
    }

    /// Runs until the stop signal; what was received by then is committed and acknowledged.
    ///
    /// - Throws: what `recover` throws when it is stopped while it can't.
    package func run() throws {
        while !stop.isGiven {
            let reason: String
            do {
                try client.connect(
                    host: settings.host, port: settings.port, keepAlive: settings.keepAlive,
                    maximumPacket: settings.maximumPacket,
                    receiveMaximum: settings.receiveMaximum)
                reason = try converse()
            } catch let error as Reception.CommitFailure {
                reason = "\(error.cause)"
                try recoverAfterFailure()
            } catch {
                reason = "\(error)"
            }
            isConnected = false
            if stop.isGiven { break }
            var generator = SystemRandomNumberGenerator()
            let wait = backoff.failed(using: &generator)
            handler.disconnected(reason: reason, retryIn: wait)
            do {
                // What is not a message, such as a log record, does not wait for a broker.
                try commit(force: true)
            } catch {
                try recoverAfterFailure()
            }
            if stop.wait(wait) { break }
        }
        handler.stopped(at: now())
    }

    /// The store refused a commit: nothing of it may be acknowledged, and what the core
    /// knows is ahead of the store.
    private func recoverAfterFailure() throws {
        client.abandon()
        while true {
            do {
                try reception.recoverAfterFailure()
                return
            } catch {
                // A disk that takes no commit may not be readable either: go on trying.
                handler.disconnected(reason: "\(error)", retryIn: 5_000_000)
                if stop.wait(5_000_000) { throw error }
            }
        }
    }

    /// One connection, from the handshake to its end.
    ///
    /// - Returns: why it ended.
    private func converse() throws -> String {
        var tls: TLSConnection?
        var threshold = ReceiveThreshold()
        var mayHaveMore = false
        refusal = nil
        lastDelivery = uptime()
        do {
            while let socket = client.socket, !stop.isGiven {
                wait(socket, threshold, mayHaveMore, unsent: tls?.unsentBytes ?? 0)
                let before = (packets: packets, deliveries: deliveries)
                mayHaveMore = try readBurst()
                if tls == nil, let connection = client.tlsConnection, connection.isEstablished {
                    tls = connection
                    tls?.bufferWrites()
                }
                if !mayHaveMore, isConnected { handler.caughtUp(at: now(), uptime: uptime()) }
                try commit()
                if let refusal {
                    client.abandon()
                    return refusal
                }
                if reception.mayAcknowledge { try flush(tls) }
                if deliveries > before.deliveries {
                    lastDelivery = uptime()
                    starvations = 0
                }
                if isStarved {
                    starvations += 1
                    try commit(force: true)
                    try flush(tls)
                    client.abandon()
                    return Self.starvation
                }
                try client.tend()
                if let socket = client.socket {
                    threshold.turnEnded(delivered: packets > before.packets, socket: socket)
                }
            }
        } catch let failure as Reception.CommitFailure {
            throw failure
        } catch {
            // Durable is durable, acknowledged or not: what comes again will be known.
            try commit(force: true)
            return refusal ?? "\(error)"
        }
        try commit(force: true)
        guard stop.isGiven else { return refusal ?? "the connection was closed" }
        try? flush(tls)
        // With DISCONNECT the library frees the connection.
        if client.socket != nil { tls?.endBuffering() }
        client.disconnect()
        return "stopped"
    }

    /// mosquitto 2.0 never gives back the place in flight of a message that it drops because it
    /// is too large for us. With the last place gone it delivers no more on this connection; the
    /// next one has all places again. Or nothing is published: so less and less often.
    private var isStarved: Bool {
        isConnected && client.speaksMQTT5 && (reception.hasDropped || starvations > 0)
            && uptime() - lastDelivery >= 60_000_000 << min(starvations, 6)
    }
    private static let starvation =
        "the broker dropped messages and then fell silent; connecting anew"

    /// Waits for something to do.
    private func wait(
        _ socket: Int32, _ threshold: ReceiveThreshold, _ mayHaveMore: Bool, unsent: Int
    ) {
        guard !mayHaveMore else { return }
        let canWrite = reception.mayAcknowledge && (client.wantsToWrite || unsent > 0)
        var span: Int64 = threshold.isStreaming ? ReceiveThreshold.streamingWait : 100_000
        if let rest = reception.timeToCommit(uptime: uptime()) { span = min(span, rest) }
        var pollers = [
            pollfd(
                fd: socket, events: Int16(POLLIN) | (canWrite ? Int16(POLLOUT) : 0), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&pollers, 2, Int32(clamping: (span + 999) / 1_000))
    }

    /// Reads packets until none is left or a commit is due; no longer, though what is known
    /// already makes none due.
    ///
    /// - Returns: whether there may be more.
    private func readBurst() throws(MosquittoError) -> Bool {
        arrival = now()
        let end = uptime() + settings.commitInterval
        while true {
            for _ in 0..<64 {
                try client.read()
                if client.isDrained { return false }
                if client.socket == nil { return false }
                if reception.isFull { return true }
            }
            // The clocks are asked once for many packets.
            arrival = now()
            let uptime = uptime()
            if reception.isDue(uptime: uptime) || uptime >= end { return true }
        }
    }

    private func commit(force: Bool = false) throws(Reception.CommitFailure) {
        let committed = try reception.commitIfDue(force: force, at: now(), uptime: uptime())
        // Not at CONNACK: with a store that takes nothing each connection ends at once.
        if committed, isConnected { backoff.succeeded() }
    }

    /// Lets out what is queued: acknowledgements of what is committed, and nothing else.
    private func flush(_ tls: TLSConnection?) throws(MosquittoError) {
        guard client.socket != nil else { return }
        if client.wantsToWrite { try client.write() }
        tls?.flush()
    }

    // MARK: MosquittoEvents

    package func connected(code: Int32, sessionPresent: Bool) {
        guard code == 0 else {
            refusal = MosquittoClient.meaning(ofAnswer: code)
            if client.speaksMQTT5, MosquittoClient.isVersionRefused(code) {
                client.speaksMQTT5 = false
                refusal = "the broker does not know MQTT 5; MQTT 3.1.1 is next"
            }
            return
        }
        reception.connected(sessionPresent: sessionPresent, at: now())
        if sessionPresent { unsubscribeFormer() }
        do {
            try client.subscribe(settings.filters)
        } catch {
            refusal = "can't subscribe: \(error)"
        }
    }

    /// Before SUBSCRIBE, and in each session that was kept: the broker may have come back with
    /// an older one. Each in a packet of its own: there may be more than one packet holds.
    private func unsubscribeFormer() {
        unsubscribing = 0
        for filter in settings.formerFilters {
            // What stays subscribed ends among the dead letters: no reason to go without the
            // rest.
            guard (try? client.unsubscribe(filter)) != nil else { continue }
            unsubscribing += 1
        }
    }

    package func unsubscribed() {
        unsubscribing -= 1
        if unsubscribing == 0 { handler.unsubscribed(settings.formerFilters) }
    }

    package func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool
    ) {
        packets += 1
        if !isRetained { deliveries += 1 }
        reception.received(
            packetID: packetID, topic: topic, payload: payload, isRetained: isRetained,
            at: arrival)
    }

    package func subscribed(granted: [Int32]) {
        isConnected = true
        handler.subscribed(
            refused: zip(settings.filters, granted).filter { $0.1 != 1 }.map(\.0))
    }
}
