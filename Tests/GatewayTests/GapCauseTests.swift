import Console
import Core
import Foundation
import Gateway
import Logging
import Store
import Testing
import Wire

/// Invariant 3: each cause of a gap, provoked on the real parts of the gateway, and the
/// record that goes upstream for it.
@Suite final class GapCauseTests {
    /// What the record must say.
    struct Expected {
        var subject: String
        var from: Timestamp
        var to: Timestamp
        var count: UInt64
        /// A part of the detail that tells a person what to do.
        var advice: String
    }

    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-gaps-\(UUID().uuidString)").path
    private let shipper = LogShipper()
    private static let deadLetterLimit = 10

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    @Test(arguments: GapRecord.Cause.allCases)
    func itIsShippedAndCounted(_ cause: GapRecord.Cause) async throws {
        guard let expected = try await provoke(cause) else { return }
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        let found = try await ship(outbox).filter { $0.cause == cause }
        try #require(found.count == 1, "\(found)")
        #expect(found[0].subject == expected.subject)
        #expect(found[0].from == expected.from)
        #expect(found[0].to == expected.to)
        #expect(found[0].count == expected.count)
        #expect(found[0].detail.contains(expected.advice), "\(found[0].detail)")
        #expect(try await outbox.figures().gaps[cause] == Int64(expected.count))
    }

    /// - Returns: `nil` for a cause whose test is elsewhere.
    private func provoke(_ cause: GapRecord.Cause) async throws -> Expected? {
        switch cause {
        case .late: try late()
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
        // Tests/StoreTests, where a store can be damaged.
        case .unreadable, .stateLost, .storeSetAside: nil
        }
    }

    private func late() throws -> Expected {
        let ingest = try start()
        send(ingest, 1, "tank/1", "1", at: 101)
        // Closes the window from 100 to 110.
        send(ingest, 2, "tank/1", "2", at: 125)
        send(ingest, 3, "tank/1", "3", at: 105)
        send(ingest, 4, "tank/1", "4", at: 103)
        try finish(ingest)
        return Expected(
            subject: "level{tank=1}", from: Self.time(103), to: Self.time(105), count: 2,
            advice: "'lateness'")
    }

    private func undecodable() throws -> Expected {
        let ingest = try start()
        send(ingest, 1, "tank/1", "rubbish", at: 101)
        send(ingest, 2, "tank/1", "NaN", at: 104)
        try finish(ingest)
        return Expected(
            subject: "tank/1", from: Self.time(101), to: Self.time(104), count: 2,
            advice: "dead letters")
    }

    private func seriesLimit() throws -> Expected {
        let ingest = try start(more: "limits: {series: 1}")
        send(ingest, 1, "tank/1", "1", at: 101)
        send(ingest, 2, "tank/2", "1", at: 102)
        send(ingest, 3, "tank/3", "1", at: 103)
        try finish(ingest)
        return Expected(
            subject: "level", from: Self.time(102), to: Self.time(103), count: 2,
            advice: "'limits.series'")
    }

    private func topicLimit() throws -> Expected {
        let ingest = try start(more: "limits: {topics: 1}")
        send(ingest, 1, "tank/1", "1", at: 101)
        send(ingest, 2, "tank/2", "1", at: 102)
        send(ingest, 3, "tank/3", "1", at: 103)
        send(ingest, 4, "tank/1", "1", at: 104)
        try finish(ingest)
        return Expected(
            subject: "topics", from: Self.time(102), to: Self.time(103), count: 2,
            advice: "'limits.topics'")
    }

    private func tooLarge() throws -> Expected {
        let ingest = try start(more: "limits: {payload: 16B}")
        send(ingest, 1, "tank/1", String(repeating: "1", count: 16), at: 101)
        send(ingest, 2, "tank/1", String(repeating: "1", count: 17), at: 102)
        try finish(ingest)
        return Expected(
            subject: "tank/1", from: Self.time(102), to: Self.time(102), count: 1,
            advice: "'limits.payload'")
    }

    private func sessionLost() throws -> Expected {
        do {
            let first = try start()
            try first.commit(at: Self.time(100))
        }
        let second = try ingest()
        _ = try second.recover()
        second.connected(sessionPresent: false, at: Self.time(200))
        try finish(second)
        return Expected(
            subject: "broker", from: Self.time(200), to: Self.time(200), count: 1,
            advice: "the broker's log")
    }

    private func deadLetterEvicted() throws -> Expected {
        let ingest = try start()
        for id in 1...UInt16(Self.deadLetterLimit + 3) {
            send(ingest, id, "tank/1", "rubbish", at: 101)
        }
        try ingest.commit(at: Self.time(102))
        try finish(ingest)
        return Expected(
            subject: "dead_letter", from: Self.time(102), to: Self.time(102), count: 3,
            advice: "'limits.dead_letters'")
    }

    private func logOverflow() throws -> Expected {
        let ingest = try start()
        for index in 0..<Int64(1_003) {
            shipper.add(
                LogRecord(
                    time: Self.time(100 + index), level: 4, source: "test", message: "\(index)"))
        }
        try ingest.commit(at: Self.time(2_000))
        return Expected(
            subject: "log", from: Self.time(1_100), to: Self.time(2_000), count: 3,
            advice: "standard error")
    }

    private func batchRefused() async throws -> Expected {
        let ingest = try start()
        send(ingest, 1, "tank/1", "1", at: 101)
        send(ingest, 2, "tank/1", "1", at: 115)
        send(ingest, 3, "tank/1", "1", at: 125)
        try ingest.commit(at: Self.time(125))
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        try #require(try await outbox.seal(size: 1, before: .latest, now: Self.time(130)))
        let batch = try #require(try await outbox.batch(after: 0))
        try await outbox.setAside(batch.sequence, reason: "409 refused", now: Self.time(140))
        return Expected(
            subject: "batch 1", from: Self.time(100), to: Self.time(120), count: 2,
            advice: "409 refused; kept")
    }

    private func ambiguousInput() throws -> Expected {
        let ingest = try start(more: Self.fusion(of: "{tank: '1'}", "{}"))
        send(ingest, 1, "tank/1", "1", at: 101)
        send(ingest, 2, "tank/2", "1", at: 102)
        send(ingest, 3, "tank/2", "1", at: 103)
        try finish(ingest)
        return Expected(
            subject: "level{tank=2}", from: Self.time(102), to: Self.time(102), count: 1,
            advice: "input 2 of fusion 'both'")
    }

    private func belowQuorum() throws -> Expected {
        let ingest = try start(more: Self.fusion(of: "{tank: '1'}", "{tank: '2'}"))
        for second in Int64(1)...3 {
            send(ingest, UInt16(second), "tank/1", "1", at: 100 + second * 5)
        }
        try finish(ingest)
        // The third round is open: the end of the test is no silence.
        return Expected(
            subject: "both", from: Self.time(105), to: Self.time(110), count: 2,
            advice: "'quorum'")
    }

    private func brokerDropped() throws -> Expected {
        let ingest = try start()
        send(ingest, 1, "tank/1", "1", at: 101)
        ingest.dropped(7, at: Self.time(102))
        send(ingest, 9, "tank/1", "1", at: 102)
        ingest.dropped(2, at: Self.time(103))
        try finish(ingest)
        return Expected(
            subject: "broker", from: Self.time(102), to: Self.time(103), count: 9,
            advice: "max_queued_messages")
    }

    // MARK: The parts

    private func ingest(more: String = "") throws -> Ingest {
        let configuration = try ConfigurationReader.read(
            text: Self.yaml + more, file: "test.yaml", environment: [:])
        return try Ingest(
            store: IngestStore(
                directory: directory, gateway: "gateway-1",
                deadLetterLimit: Self.deadLetterLimit),
            configuration: configuration, board: StatusBoard(gateway: "gateway-1"),
            shipper: shipper, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A new store, and the first connection.
    private func start(more: String = "") throws -> Ingest {
        let ingest = try ingest(more: more)
        _ = try ingest.recover()
        ingest.connected(sessionPresent: false, at: Self.time(100))
        return ingest
    }

    /// A quiet moment, in which gathered gaps are flushed, and a commit.
    private func finish(_ ingest: Ingest) throws {
        ingest.caughtUp(at: Self.time(300), uptime: 300_000_000)
        try ingest.commit(at: Self.time(300))
    }

    private func send(
        _ ingest: Ingest, _ id: UInt16, _ topic: String, _ payload: String, at second: Int64
    ) {
        ingest.received(
            packetID: id, topic: Array(topic.utf8).span, payload: Array(payload.utf8).span,
            at: Self.time(second))
    }

    private static func time(_ second: Int64) -> Timestamp {
        Timestamp(microseconds: second * 1_000_000)
    }

    /// The gaps of all batches that are sealed from what lies in the outbox.
    private func ship(_ outbox: OutboxStore) async throws -> [GapRecord] {
        var gaps: [GapRecord] = []
        var sequence: UInt64 = 0
        repeat {
            while let batch = try await outbox.batch(after: sequence) {
                gaps += try Batch(bytes: batch.bytes).records(limit: 1 << 24).gaps
                sequence = batch.sequence
            }
        } while try await outbox.seal(size: 1, before: .latest, now: .latest)
        return gaps
    }

    private static let yaml = """
        gateway: gateway-1
        storage: {directory: /tmp}
        broker: {host: h, authorities: a, certificate: b, key: c}
        uplink: {endpoint: "https://h", authorities: a, certificate: b, key: c}
        streams:
          - name: level
            topic: tank/{tank}
            payload: number
            window: {size: 10s, lateness: 1s}
            aggregates: [count, sum]

        """

    private static func fusion(of first: String, _ second: String) -> String {
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
