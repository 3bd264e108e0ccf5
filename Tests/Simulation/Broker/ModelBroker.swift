internal import Simulator

/// A broker as mosquitto is one to its one client: a session that outlives connections,
/// numbers one after another also for what its full queue drops, and what is not acknowledged
/// handed over again in order. It has acknowledged to the sensors long before. As mosquitto
/// 2.0 does, it looks at acknowledgements late, forgets those that it has not looked at when
/// the connection ends, and releases a whole window for each.
final class ModelBroker {
    private struct Session {
        let id: Int
        var last: UInt64
        var dropped = 0
        var isSubscribed = false
        var inflight: [Delivery] = []
        var queue: [Delivery] = []
        /// Acknowledgements that it has not looked at.
        var unread: [Delivery] = []
    }

    private let inflightLimit: Int
    private let queueLimit: Int
    private var lag: Int
    private let truth: Truth
    private let meter: Meter
    private var session: Session?
    private var written: Session?
    private var retained: [Publication] = []
    private(set) var wire: Wire?
    private(set) var isUp = true
    private var sessions = 0
    private var relapses = 0
    private var deliveries = 0
    /// Set when something was put on the wire.
    var hasSent = false

    init(_ scenario: Scenario, truth: Truth, meter: Meter) {
        inflightLimit = scenario.brokerInflight
        queueLimit = scenario.brokerQueue
        lag = scenario.brokerLag
        self.truth = truth
        // A gateway whose store is new may meet a session that is not.
        if scenario.firstNumber > 0 { session = Session(id: 0, last: scenario.firstNumber) }
        self.meter = meter
    }

    /// Nothing waits for an acknowledgement.
    var isDrained: Bool { session.map { $0.inflight.isEmpty && $0.queue.isEmpty } ?? true }

    // MARK: Sensors

    func publish(_ message: Publication) {
        guard isUp else { return }
        if message.isRetained {
            retained.removeAll { $0.topic == message.topic }
            retained.append(message)
        }
        deliver(message, isRetained: false)
    }

    private func deliver(_ message: Publication, isRetained: Bool) {
        guard var session, session.isSubscribed else { return }
        defer { self.session = session }
        deliveries += 1
        guard message.isAcknowledged else {
            send(
                Delivery(
                    id: deliveries, session: session.id, relapse: relapses, number: 0,
                    droppedBefore: 0, message: message, isRetained: isRetained))
            return
        }
        session.last += 1
        guard !message.isHuge else {
            session.dropped += 1
            meter.count(.dropped)
            return
        }
        let delivery = Delivery(
            id: deliveries, session: session.id, relapse: relapses, number: session.last,
            droppedBefore: session.dropped, message: message, isRetained: isRetained)
        if wire != nil, session.queue.isEmpty, session.inflight.count < inflightLimit {
            session.inflight.append(delivery)
            send(delivery)
        } else if session.queue.count < queueLimit {
            session.queue.append(delivery)
        } else {
            session.dropped += 1
            meter.count(.dropped)
        }
    }

    private func send(_ delivery: Delivery) {
        guard let wire else { return }
        wire.send(.publish(delivery))
        hasSent = true
    }

    // MARK: The gateway

    /// - Returns: `nil` while the broker is away.
    func connect() -> Wire? {
        guard isUp else { return nil }
        wire?.close()
        let wire = Wire()
        self.wire = wire
        wire.send(.connack(sessionPresent: session != nil))
        if session == nil {
            sessions += 1
            session = Session(id: sessions, last: 0)
        }
        for delivery in session?.inflight ?? [] { send(delivery) }
        if (session?.inflight.count ?? 0) < inflightLimit { release() }
        hasSent = true
        return wire
    }

    func take(_ packet: Wire.FromGateway, from wire: Wire) {
        guard wire === self.wire else { return }
        switch packet {
        case .subscribe:
            session?.isSubscribed = true
            wire.send(.suback)
            for message in retained { deliver(message, isRetained: true) }
            hasSent = true
        case .acknowledge(let delivery):
            truth.acknowledged(delivery)
            session?.unread.append(delivery)
            readAcknowledgements()
        }
    }

    private func readAcknowledgements() {
        while let session, session.unread.count > lag {
            let delivery = session.unread[0]
            self.session?.unread.removeFirst()
            self.session?.inflight.removeAll { $0.id == delivery.id }
            release()
        }
    }

    private func release() {
        guard wire != nil, var session else { return }
        for _ in 0..<inflightLimit where !session.queue.isEmpty {
            let delivery = session.queue.removeFirst()
            session.inflight.append(delivery)
            send(delivery)
        }
        self.session = session
    }

    /// - Parameter keeping: so many packets on their way to the gateway still arrive.
    func disconnect(keeping: Int = .max) {
        wire?.close(keeping: keeping)
        wire = nil
        session?.unread.removeAll()
    }

    // MARK: Its own life

    /// Writes its state down, as mosquitto does now and then.
    func write() { if isUp { written = session } }

    func pause() {
        disconnect()
        isUp = false
    }

    /// All it knew is gone, but what is retained.
    func forget() {
        session = nil
        written = nil
        pause()
    }

    /// It will know again what it last wrote down.
    func relapse() {
        session = written
        relapses += 1
        pause()
    }

    func comeBack() { isUp = true }

    /// From now on it looks at each at once.
    func heal() {
        lag = 0
        readAcknowledgements()
    }
}
