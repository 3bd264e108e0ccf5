package import Console
package import Core
package import LocalBroker
package import Logging
package import Session
package import Store
internal import Wire

/// From the broker's hand-over to the commit: each message into the journal and through
/// the core, and both into the store at once. Lives on the session's thread.
package final class Ingest: SessionHandler {
    let store: IngestStore
    let planNumber: Int64
    let plan: Plan
    private let board: StatusBoard
    private let shipper: LogShipper
    /// Of what the core has to say to the plant; `nil` where it has nothing to say.
    let publisher: LocalPublisher?
    private var lostPublications = LostPublications()
    let logger: Logger
    let onStoreError: (any Error) -> Void
    var engine: Engine
    var block = JournalBlock()
    var effects = Effects()
    let initialPolicy: SnapshotPolicy
    var policy: SnapshotPolicy
    /// As of the last commit.
    var committed = Tally()
    private var received = 0
    private var figures = GatewayStatus.Broker()
    private var hasUnsubscribed = false
    private var lastLook: (time: Timestamp, uptime: Microseconds) = (.epoch, 0)
    private static let longestTurn: Microseconds = 2_000_000

    /// - Parameters:
    ///   - configuration: its text is kept in the store.
    ///   - onStoreError: told whatever a commit throws, or a recovery after one. Not one at the start:
    ///     whoever opens the store sees to that.
    package init(
        store: IngestStore, configuration: GatewayConfiguration, board: StatusBoard,
        shipper: LogShipper, publisher: LocalPublisher? = nil, logger: Logger,
        snapshots: SnapshotPolicy = SnapshotPolicy(),
        onStoreError: @escaping (any Error) -> Void = { _ in }
    ) throws {
        self.store = store
        self.board = board
        self.shipper = shipper
        self.publisher = publisher
        self.logger = logger
        self.onStoreError = onStoreError
        initialPolicy = snapshots
        policy = snapshots
        plan = configuration.plan
        planNumber = try store.number(ofPlan: configuration.text)
        engine = Engine(plan: configuration.plan)
    }

    // MARK: SessionHandler

    package var hasUncommitted: Bool {
        received > 0 || !block.isEmpty || !effects.isEmpty || !shipper.isEmpty
    }
    package var uncommittedMessages: Int { received }
    package var uncommittedBytes: Int { block.byteCount }

    package func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, at arrival: Timestamp
    ) {
        received += 1
        let id: TopicID
        switch number(of: topic, payload) {
        case .success(let known): id = known
        case .failure(let limit):
            let refusal = Refusal(
                packetID: packetID, hash: RedeliveryFilter.hash(topic: topic, payload: payload),
                cause: limit.cause, subject: limit.subject, detail: limit.detail, time: arrival)
            block.append(refusal)
            engine.refuse(refusal)
            return
        }
        block.append(topic: id, packetID: packetID, arrival: arrival, payload: payload)
        engine.receive(topic: id, payload: payload, at: arrival, into: &effects)
        publish()
    }

    /// At once, whatever becomes of the commit.
    private func publish() {
        guard !effects.publications.isEmpty else { return }
        publisher?.publish(effects.publications)
        effects.publications.removeAll(keepingCapacity: true)
    }

    /// After a start, or after messages were lost: the broker keeps how each alarm stands.
    func restateAlarms() { publisher?.publish(engine.restatedAlarms()) }

    /// A limit that a message is beyond.
    private struct Beyond: Error {
        let cause: GapRecord.Cause
        let subject: String
        let detail: String
    }

    /// The topic's number, a new one if need be.
    private func number(
        of topic: Span<UInt8>, _ payload: Span<UInt8>
    ) -> Result<TopicID, Beyond> {
        let limits = plan.limits
        guard topic.count <= limits.topicLength else {
            let start = Self.text(topic.extracting(0..<64))
            let detail = "a topic of \(topic.count) bytes"
            return .failure(Beyond(cause: .tooLarge, subject: "\(start)...", detail: detail))
        }
        guard payload.count <= limits.payload else {
            let detail = "\(payload.count) bytes; see 'limits.payload'"
            return .failure(
                Beyond(cause: .tooLarge, subject: Self.text(topic), detail: detail))
        }
        if let known = engine.find(topic) { return .success(known) }
        guard engine.topicCount < limits.topics else {
            let detail = "more than \(limits.topics) topics; see 'limits.topics'"
            return .failure(Beyond(cause: .topicLimit, subject: "topics", detail: detail))
        }
        block.append(topic: topic)
        return .success(engine.add(topic: topic))
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    package func recoveryFailed(_ error: any Error) { onStoreError(error) }

    package func recognized() { figures.redelivered += 1 }

    package func passed(packetID: UInt16, hash: UInt64) {
        figures.retained += 1
        block.append(known: packetID, hash: hash)
    }

    package func dropped(_ count: Int, at time: Timestamp) {
        block.append(dropped: count, at: time)
        engine.brokerDropped(count, at: time)
    }

    package func rewound(at time: Timestamp) {
        block.append(rewoundAt: time)
        engine.brokerRewound(at: time)
    }

    package func connected(sessionPresent: Bool, at time: Timestamp) {
        figures.connections += 1
        block.append(connected: sessionPresent, at: time)
        engine.connected(sessionPresent: sessionPresent, at: time)
        logger.info(
            "connected to the broker",
            metadata: ["session": "\(sessionPresent ? "kept" : "new")"])
    }

    package func disconnected(reason: String, retryIn wait: Microseconds) {
        let isNews = figures.connected || figures.trouble != reason
        figures.connected = false
        figures.trouble = reason
        if isNews {
            logger.warning(
                "no connection to the broker; trying again until there is one",
                metadata: ["reason": "\(reason)", "next_try_ms": "\(wait / 1_000)"])
        }
        show()
    }

    package func subscribed(refused: [String]) {
        figures.connected = refused.isEmpty
        figures.trouble =
            refused.isEmpty
            ? nil
            : "the broker refuses to deliver \(refused.joined(separator: ", ")) at QoS 1; check "
                + "its ACL and its 'max_qos'"
        if let trouble = figures.trouble { logger.error("\(trouble)") }
        show()
    }

    package func unsubscribed(_ filters: [String]) {
        guard !hasUnsubscribed else { return }
        hasUnsubscribed = true
        logger.info(
            "the broker no longer delivers topics that left the configuration",
            metadata: ["topics": "\(filters.joined(separator: " "))"])
    }

    package func caughtUp(at time: Timestamp, uptime: Microseconds) {
        // A look at each series, so not at each turn.
        let passed = uptime - lastLook.uptime
        guard passed >= 250_000 else { return }
        // Nothing was looked at for long, or the clock was set: no silence can be told from
        // that. It counts from here.
        let jump = time - lastLook.time - passed
        if passed > Self.longestTurn || jump.magnitude > Self.longestTurn.magnitude {
            countSilenceAnew(at: time)
        }
        lastLook = (time, uptime)
        if engine.wantsTick(at: time) { tick(at: time) }
        if !hasUncommitted { show() }
    }

    private func countSilenceAnew(at time: Timestamp) {
        block.append(connected: true, at: time)
        engine.connected(sessionPresent: true, at: time)
    }

    private func tick(at time: Timestamp) {
        block.append(tick: time)
        _ = engine.tick(at: time, into: &effects)
        publish()
    }

    package func commit(at time: Timestamp, known: RedeliveryFilter? = nil) throws {
        let logs = shipper.takeAll()
        noteLostPublications(at: time)
        let commit: Commit
        do {
            try noteEvictions(at: time)
            flushGapsIfBehind(at: time)
            commit = gather(logs, known, at: time)
            try store.commit(commit)
        } catch {
            shipper.putBack(logs)
            onStoreError(error)
            let reason = "\(error)"
            let isNews = board.current.store.trouble == nil
            board.update { $0.store.trouble = reason }
            if isNews {
                logger.error("the store takes no commit", metadata: ["reason": "\(reason)"])
            }
            throw error
        }
        policy.committed(journal: commit.journal.count)
        if let snapshot = commit.snapshot {
            policy.snapshotTaken(bytes: snapshot.byteCount)
        }
        figures.messages += UInt64(received)
        committed = engine.tally
        clear()
        let snapshots: UInt64 = commit.snapshot == nil ? 0 : 1
        var hadTrouble = false
        board.update { status in
            hadTrouble = status.store.trouble != nil
            status.store.trouble = nil
            status.store.commits += 1
            status.store.snapshots += snapshots
        }
        // Not inside `update`: who logs may wait, and all who look at the board with it.
        if hadTrouble { logger.notice("the store takes commits again") }
        show()
    }

    /// In order: the next start has nothing to replay, be it of another version.
    package func stopped(at time: Timestamp) {
        guard received == 0, block.isEmpty, effects.isEmpty, policy.hasJournal else { return }
        var commit = Commit(time: time)
        commit.snapshot = snapshot()
        do {
            try store.commit(commit)
        } catch {
            logger.warning(
                "no snapshot at the end; the next start replays the journal",
                metadata: ["reason": "\(error)"])
        }
    }

    private func noteLostPublications(at time: Timestamp) {
        guard let lost = publisher?.takeLost(), lost > 0 else { return }
        lostPublications.add(lost, at: time)
        restateAlarms()
    }

    private func noteEvictions(at time: Timestamp) throws {
        let count = try store.evictions(adding: effects.deadLetters.count)
        guard count > 0 else { return }
        block.append(evicted: count, at: time)
        engine.deadLettersEvicted(count, at: time)
    }

    /// Under lasting load there is always more to read, and no tick; gaps must not wait for
    /// it to end. Of silence nothing is known then: it counts from here.
    private func flushGapsIfBehind(at time: Timestamp) {
        let sinceLook = time - lastLook.time
        guard sinceLook.magnitude > Self.longestTurn.magnitude, engine.areGapsDue(time) else {
            return
        }
        countSilenceAnew(at: time)
        tick(at: time)
    }

    private func gather(
        _ logs: LogShipper.Load, _ known: RedeliveryFilter?, at time: Timestamp
    ) -> Commit {
        var commit = Commit(time: time)
        if !block.isEmpty { commit.journal = block.encoded() }
        commit.messages = block.messages
        commit.newSeries = effects.newSeries
        commit.deadLetters = effects.deadLetters
        let gaps = [logs.gap(now: time), lostPublications.take(at: time)]
        commit.records = RecordSet(
            windows: effects.windows, logs: logs.records + effects.logs,
            gaps: effects.gaps + gaps.compactMap { $0 }, events: effects.events,
            samples: effects.samples)
        if policy.isDue { commit.snapshot = snapshot(known) }
        return commit
    }

    func snapshot(_ known: RedeliveryFilter? = nil) -> Commit.Snapshot {
        Commit.Snapshot(
            parts: engine.snapshot(), plan: planNumber, series: engine.seriesCount,
            known: known?.journal)
    }

    func clear() {
        block.removeAll()
        effects.removeAll()
        received = 0
    }

    private func show() {
        let core = engine
        let figures = figures
        board.update { status in
            status.broker = figures
            status.broker.dropped = core.tally.brokerDropped
            status.broker.sessionsLost = core.tally.sessionsLost
            status.core.topics = core.topicCount
            status.core.series = core.seriesCount
            status.core.openWindows = core.openSeries
            status.core.readings = core.tally.readings
            status.core.windows = core.tally.windows
            status.core.late = core.tally.late
            status.core.undecodable = core.tally.undecodable
            status.core.refused = core.tally.refused
            status.core.events = core.tally.events
            status.core.samples = core.tally.samples
            status.alarms = core.standingAlarms.prefix(GatewayStatus.alarmLimit).map {
                .init(
                    name: $0.name, series: $0.series.description, state: $0.state.name,
                    severity: $0.severity.name)
            }
            status.core.alarms = core.standingAlarms.count
            if let publisher { status.publisher = .init(publisher.figures) }
        }
    }
}
