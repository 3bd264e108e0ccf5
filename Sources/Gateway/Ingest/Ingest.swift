internal import Console
internal import Core
internal import Logging
internal import Session
internal import Store
internal import Wire

/// From the broker's hand-over to the commit: each message into the journal and through
/// the core, and both into the store at once. Lives on the session's thread.
final class Ingest: SessionHandler {
    private let store: IngestStore
    private let planNumber: Int64
    private let plan: Plan
    private let board: StatusBoard
    private let shipper: LogShipper
    private let logger: Logger
    private var engine: Engine
    private var block = JournalBlock()
    private var effects = Effects()
    private var policy = SnapshotPolicy()
    private var received = 0
    private var figures = GatewayStatus.Broker()
    private var lastLook = Timestamp.epoch

    /// - Parameter configuration: its text is kept in the store.
    init(
        store: IngestStore, configuration: GatewayConfiguration, board: StatusBoard,
        shipper: LogShipper, logger: Logger
    ) throws {
        self.store = store
        self.board = board
        self.shipper = shipper
        self.logger = logger
        plan = configuration.plan
        planNumber = try store.number(ofPlan: configuration.text)
        engine = Engine(plan: configuration.plan)
    }

    // MARK: SessionHandler

    var hasUncommitted: Bool {
        received > 0 || !block.isEmpty || !effects.isEmpty || !shipper.isEmpty
    }
    var uncommittedMessages: Int { received }

    func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, at arrival: Timestamp
    ) {
        received += 1
        guard let id = number(of: topic, payload, at: arrival) else { return }
        block.append(topic: id, packetID: packetID, arrival: arrival, payload: payload)
        engine.receive(topic: id, payload: payload, at: arrival, into: &effects)
    }

    /// `nil` for a message beyond a limit.
    private func number(
        of topic: Span<UInt8>, _ payload: Span<UInt8>, at arrival: Timestamp
    ) -> TopicID? {
        let limits = plan.limits
        guard topic.count <= limits.topicLength else {
            let start = Self.text(topic.extracting(0..<64))
            refuse(.tooLarge, "\(start)...", "a topic of \(topic.count) bytes", arrival)
            return nil
        }
        guard payload.count <= limits.payload else {
            let detail = "\(payload.count) bytes; see 'limits.payload'"
            refuse(.tooLarge, Self.text(topic), detail, arrival)
            return nil
        }
        if let known = engine.find(topic) { return known }
        guard engine.topicCount < limits.topics else {
            let detail = "more than \(limits.topics) topics; see 'limits.topics'"
            refuse(.topicLimit, "topics", detail, arrival)
            return nil
        }
        block.append(topic: topic)
        return engine.add(topic: topic)
    }

    private func refuse(
        _ cause: GapRecord.Cause, _ subject: String, _ detail: String, _ time: Timestamp
    ) {
        block.append(refusal: cause, subject: subject, detail: detail, at: time)
        engine.refuse(cause, subject: subject, detail: detail, at: time)
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    func skipped(redelivered: Bool) {
        if redelivered { figures.redelivered += 1 } else { figures.retained += 1 }
    }

    func connected(sessionPresent: Bool, at time: Timestamp) {
        figures.connections += 1
        block.append(connected: sessionPresent, at: time)
        engine.connected(sessionPresent: sessionPresent, at: time)
        logger.info(
            "connected to the broker",
            metadata: ["session": "\(sessionPresent ? "kept" : "new")"])
    }

    func disconnected(reason: String, retryIn wait: Microseconds) {
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

    func subscribed(refused: [String]) {
        figures.connected = true
        figures.trouble = nil
        for filter in refused {
            logger.error(
                "the broker refuses the subscription; check its ACL",
                metadata: ["filter": "\(filter)"])
        }
        show()
    }

    func caughtUp(at time: Timestamp) {
        // A look at each series, so not at each turn. A clock that went back looks at once.
        guard !(0..<250_000).contains(time - lastLook) else { return }
        lastLook = time
        if engine.wantsTick(at: time) {
            block.append(tick: time)
            _ = engine.tick(at: time, into: &effects)
        }
        if !hasUncommitted { show() }
    }

    func commit(at time: Timestamp) throws {
        let (logs, overflow) = shipper.takeAll(now: time)
        var commit = Commit(time: time)
        if !block.isEmpty { commit.journal = block.encoded() }
        commit.messages = block.messages
        commit.newSeries = effects.newSeries
        commit.deadLetters = effects.deadLetters
        commit.records = RecordSet(
            windows: effects.windows, logs: logs, gaps: effects.gaps + [overflow].compactMap { $0 })
        if policy.isDue { commit.snapshot = snapshot() }
        do {
            try store.commit(commit)
        } catch {
            for log in logs { shipper.add(log) }
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
            policy.snapshotTaken(bytes: snapshot.parts.reduce(0) { $0 + $1.data.count })
        }
        figures.messages += UInt64(received)
        clear()
        let snapshots: UInt64 = commit.snapshot == nil ? 0 : 1
        board.update { status in
            if status.store.trouble != nil { self.logger.notice("the store takes commits again") }
            status.store.trouble = nil
            status.store.commits += 1
            status.store.snapshots += snapshots
        }
        show()
    }

    private func snapshot() -> Commit.Snapshot {
        Commit.Snapshot(parts: engine.snapshot(), plan: planNumber, series: engine.seriesCount)
    }

    private func clear() {
        block.removeAll()
        effects.removeAll()
        received = 0
    }

    private func show() {
        let core = engine
        let figures = figures
        board.update { status in
            status.broker = figures
            status.core.topics = core.topicCount
            status.core.series = core.seriesCount
            status.core.openWindows = core.openSeries
            status.core.readings = core.tally.readings
            status.core.windows = core.tally.windows
            status.core.late = core.tally.late
            status.core.undecodable = core.tally.undecodable
            status.core.refused = core.tally.refused
        }
    }

    // MARK: Recovery

    func recover() throws -> RedeliveryFilter {
        clear()
        policy = SnapshotPolicy()
        guard let snapshot = try store.lastSnapshot() else {
            try begin()
            return RedeliveryFilter()
        }
        engine = Engine(plan: try readPlan(snapshot.plan))
        try engine.restore(snapshot.parts, series: snapshot.series)
        var filter = RedeliveryFilter()
        var discarded = Effects()
        try store.eachBlock { number, entries in
            for entry in entries {
                if number > snapshot.block {
                    // What it caused then was committed then.
                    try engine.replay(entry, into: &discarded) { (number) throws(FormatError) in
                        try self.plan(number)
                    }
                    discarded.removeAll()
                }
                if case .message(let topic, let packetID, _, let payload) = entry {
                    filter.note(
                        packetID: packetID,
                        hash: RedeliveryFilter.hash(
                            topic: engine.topic(topic).span, payload: payload.span))
                }
            }
        }
        takeUpPlan()
        return filter
    }

    /// A new store: its first snapshot says under which plan its journal begins.
    private func begin() throws {
        engine = Engine(plan: plan)
        var commit = Commit(time: .epoch)
        commit.snapshot = snapshot()
        try store.commit(commit)
    }

    private func takeUpPlan() {
        guard engine.plan != plan else { return }
        logger.notice("the configuration has changed; windows of changed streams close early")
        block.append(plan: planNumber)
        engine.reconfigure(plan, into: &effects)
    }

    private func readPlan(_ number: Int64) throws -> Plan {
        guard let text = try store.plan(number) else {
            throw FormatError.malformed("the store has no plan \(number)")
        }
        return try ConfigurationReader.plan(of: text)
    }

    private func plan(_ number: Int64) throws(FormatError) -> Plan {
        do {
            return try readPlan(number)
        } catch {
            throw .malformed("plan \(number): \(error)")
        }
    }
}
