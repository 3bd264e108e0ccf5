import Console
import Core
import Gateway
import LocalBroker
import OpenSSL
import SQLite
import Store
import Testing
import Wire

/// Invariant 3: each cause of a gap, provoked on the real parts of the gateway, and the
/// record that goes upstream for it.
@Suite struct GapCauseTests {
    /// What the record must say.
    struct Expected {
        var subject: String
        var from: Int64
        var to: Int64
        var count: UInt64
        /// A part of the detail, which tells a person what to do.
        var advice: String
    }

    private let scene: IngestScene

    init() throws { scene = try IngestScene() }

    @Test(arguments: GapRecord.Cause.allCases)
    func isShippedAndCounted(_ cause: GapRecord.Cause) async throws {
        guard let expected = try await provoke(cause) else { return }
        let outbox = try scene.outbox()
        let found = try await scene.shipped(outbox).flatMap(\.gaps).filter { $0.cause == cause }
        try #require(found.count == 1, "\(found)")
        #expect(found[0].subject == expected.subject)
        #expect(found[0].from == IngestScene.time(expected.from))
        #expect(found[0].to == IngestScene.time(expected.to))
        #expect(found[0].count == expected.count)
        #expect(found[0].detail.contains(expected.advice), "\(found[0].detail)")
        #expect(try await outbox.figures().gaps[cause] == Int64(expected.count))
    }

    /// A cause without a case does not compile.
    private func provoke(_ cause: GapRecord.Cause) async throws -> Expected? {
        switch cause {
        // Nothing is late any more: revisions and amendments. Older gateways say so.
        case .late: nil
        case .undecodable: try undecodable()
        case .seriesLimit: try seriesLimit()
        case .topicLimit: try topicLimit()
        case .tooLarge: try tooLarge()
        case .sessionLost: try sessionLost()
        case .deadLetterEvicted: try deadLetterEvicted()
        case .logOverflow: try logOverflow()
        case .batchRefused: try await batchRefused()
        case .ambiguousInput: try ambiguousInput()
        case .belowQuorum: try belowQuorum()
        case .brokerDropped: try brokerDropped()
        case .unreadable: try await unreadable()
        case .stateLost: try stateLost()
        case .storeSetAside: try storeSetAside()
        case .localPublishDropped: try localPublishDropped()
        }
    }

    /// A broker that is away, and a queue with room for one: how an alarm stands is said again
    /// after a loss, and lost again.
    private func localPublishDropped() throws -> Expected {
        var settings = LocalPublisherSettings(
            host: "localhost", port: 1,
            tls: TLSFiles(authorities: "a", certificate: "b", key: "c"), clientID: "publisher")
        settings.queue.messages = 1
        let ingest = try scene.start(
            IngestScene.level + """
                alarms:
                  - {name: high, on: {stream: level}, above: 5, publish: "alarm/{tank}"}
                """, publisher: LocalPublisher(settings: settings))
        for (index, value) in ["1", "9", "1", "9"].enumerated() {
            ingest.take(UInt16(index + 1), "tank/1", value, at: Int64(101 + index))
        }
        try ingest.commit(at: IngestScene.time(104))
        try scene.finish(ingest)
        return Expected(
            subject: "broker.publisher", from: 104, to: 300, count: 3, advice: "access list")
    }

    private func undecodable() throws -> Expected {
        let ingest = try scene.start()
        ingest.take(1, "tank/1", "rubbish", at: 101)
        ingest.take(2, "tank/1", "NaN", at: 104)
        try scene.finish(ingest)
        return Expected(subject: "tank/1", from: 101, to: 104, count: 2, advice: "dead letters")
    }

    private func seriesLimit() throws -> Expected {
        let ingest = try scene.start(IngestScene.level + "limits: {series: 1}")
        ingest.take(1, "tank/1", "1", at: 101)
        ingest.take(2, "tank/2", "1", at: 102)
        ingest.take(3, "tank/3", "1", at: 103)
        try scene.finish(ingest)
        return Expected(
            subject: "level", from: 102, to: 103, count: 2, advice: "'limits.series'")
    }

    private func topicLimit() throws -> Expected {
        let ingest = try scene.start(IngestScene.level + "limits: {topics: 1}")
        ingest.take(1, "tank/1", "1", at: 101)
        ingest.take(2, "tank/2", "1", at: 102)
        ingest.take(3, "tank/3", "1", at: 103)
        ingest.take(4, "tank/1", "1", at: 104)
        try scene.finish(ingest)
        return Expected(
            subject: "topics", from: 102, to: 103, count: 2, advice: "'limits.topics'")
    }

    private func tooLarge() throws -> Expected {
        let ingest = try scene.start(IngestScene.level + "limits: {payload: 16B}")
        ingest.take(1, "tank/1", String(repeating: "1", count: 16), at: 101)
        ingest.take(2, "tank/1", String(repeating: "1", count: 17), at: 102)
        try scene.finish(ingest)
        return Expected(
            subject: "tank/1", from: 102, to: 102, count: 1, advice: "'limits.payload'")
    }

    private func sessionLost() throws -> Expected {
        do {
            let first = try scene.start()
            try first.commit(at: IngestScene.time(100))
        }
        let second = try scene.ingest()
        _ = try second.recover()
        second.connected(sessionPresent: false, at: IngestScene.time(200))
        try scene.finish(second)
        return Expected(
            subject: "broker", from: 200, to: 200, count: 1, advice: "the broker's log")
    }

    /// A flood evicts with each commit; one record says all of it.
    private func deadLetterEvicted() throws -> Expected {
        let ingest = try scene.start()
        for second in Int64(101)...105 {
            for id in 1...UInt16(IngestScene.deadLetterLimit) {
                ingest.take(id, "tank/1", "rubbish", at: second)
            }
            try ingest.commit(at: IngestScene.time(second))
        }
        try scene.finish(ingest)
        return Expected(
            subject: "dead_letter", from: 102, to: 105, count: 40,
            advice: "'limits.dead_letters'")
    }

    private func logOverflow() throws -> Expected {
        let ingest = try scene.start()
        for second in Int64(100)..<1_103 {
            scene.shipper.add(
                LogRecord(
                    time: IngestScene.time(second), level: 4, source: "test",
                    message: "\(second)"))
        }
        try ingest.commit(at: IngestScene.time(2_000))
        return Expected(
            subject: "log", from: 1_100, to: 2_000, count: 3, advice: "standard error")
    }

    private func batchRefused() async throws -> Expected {
        let outbox = try windows()
        try #require(try await outbox.seal(size: 1, before: .latest, now: IngestScene.time(130)))
        let batch = try #require(try await outbox.batch(after: 0))
        try await outbox.setAside(
            batch.number, reason: "409 refused", now: IngestScene.time(140))
        return Expected(
            subject: "batch 1", from: 100, to: 120, count: 2, advice: "409 refused; kept aside")
    }

    private func ambiguousInput() throws -> Expected {
        let ingest = try scene.start(IngestScene.level + Self.fusion("{tank: '1'}", "{}"))
        ingest.take(1, "tank/1", "1", at: 101)
        ingest.take(2, "tank/2", "1", at: 102)
        ingest.take(3, "tank/2", "1", at: 103)
        try scene.finish(ingest)
        return Expected(
            subject: "level{tank=2}", from: 102, to: 102, count: 1,
            advice: "input 2 of fusion 'both'")
    }

    private func belowQuorum() throws -> Expected {
        let ingest = try scene.start(
            IngestScene.level + Self.fusion("{tank: '1'}", "{tank: '2'}"))
        for second in [Int64(105), 110, 115] {
            ingest.take(UInt16(second), "tank/1", "1", at: second)
        }
        try scene.finish(ingest)
        // The third round is open: the end of the test is no silence.
        return Expected(subject: "both", from: 105, to: 110, count: 2, advice: "'quorum'")
    }

    private func brokerDropped() throws -> Expected {
        let ingest = try scene.start()
        ingest.take(1, "tank/1", "1", at: 101)
        ingest.dropped(7, at: IngestScene.time(102))
        ingest.take(9, "tank/1", "1", at: 102)
        ingest.dropped(2, at: IngestScene.time(103))
        try scene.finish(ingest)
        #expect(scene.board.current.broker.dropped == 9)
        return Expected(
            subject: "broker", from: 102, to: 103, count: 9, advice: "max_queued_messages")
    }

    private func unreadable() async throws -> Expected {
        let outbox = try windows()
        try file().execute("UPDATE outbox SET data = x'00'")
        _ = try await outbox.seal(size: 1, before: .latest, now: IngestScene.time(130))
        return Expected(
            subject: "outbox block 1", from: 125, to: 130, count: 2, advice: "set aside")
    }

    private func stateLost() throws -> Expected {
        _ = try windows()
        let report = try rescue(.state("for a test"), keepsState: false)
        return Expected(
            subject: "windows", from: 100, to: 500, count: 3, advice: report.aside)
    }

    private func storeSetAside() throws -> Expected {
        _ = try windows()
        let report = try rescue(.newer(99), keepsState: true)
        return Expected(
            subject: report.aside, from: 500, to: 500, count: 2, advice: "tidegate store")
    }

    // MARK: The parts

    /// Two closed windows in the outbox and an open one, of three messages.
    private func windows() throws -> OutboxStore {
        let ingest = try scene.start()
        ingest.take(1, "tank/1", "1", at: 101)
        ingest.take(2, "tank/1", "1", at: 115)
        ingest.take(3, "tank/1", "1", at: 125)
        try ingest.commit(at: IngestScene.time(125))
        return try scene.outbox()
    }

    private func file() throws -> Connection {
        try Connection(path: "\(scene.directory)/\(StoreFile.name)")
    }

    private func rescue(_ damage: Damage, keepsState: Bool) throws -> RescueReport {
        try StoreRescue(
            directory: scene.directory, gateway: "gateway-1", machine: nil,
            now: IngestScene.time(500)
        ).run(because: damage, keepsState: keepsState)
    }

    private static func fusion(_ first: String, _ second: String) -> String {
        """
        fusions:
          - name: both
            method: median
            inputs:
              - {stream: level, where: \(first)}
              - {stream: level, where: \(second)}
            tolerance: 1s
            quorum: 2
            window: {size: 10s}

        """
    }
}
