import Console
import Core
import Foundation
import Gateway
import Logging
import Session
import Store
import Testing
import Wire

/// The gateway's inside on a real store, without a broker: a crash is a new `Ingest` on what
/// the last commit left.
@Suite final class IngestTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-ingest-\(UUID().uuidString)").path
    private static let yaml = """
        gateway: gateway-1
        storage: {directory: /tmp}
        broker: {host: h, authorities: a, certificate: b, key: c}
        uplink: {endpoint: "https://h", authorities: a, certificate: b, key: c}
        streams:
          - name: level
            topic: tank/{tank}
            payload: number
            window: {size: 10s, delay: 1s}
            aggregates: [count, sum]
        """

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    private func ingest(_ yaml: String = yaml) throws -> Ingest {
        let configuration = try ConfigurationReader.read(
            text: yaml, file: "test.yaml", environment: [:])
        return try Ingest(
            store: IngestStore(
                directory: directory, gateway: "gateway-1", deadLetterLimit: 10),
            configuration: configuration, board: StatusBoard(gateway: "gateway-1"),
            shipper: LogShipper(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func time(_ second: Int64) -> Timestamp {
        Timestamp(microseconds: second * 1_000_000)
    }

    private func send(
        _ ingest: Ingest, _ id: UInt16, _ topic: String, _ payload: String, at second: Int64
    ) {
        ingest.received(
            packetID: id, topic: Array(topic.utf8).span, payload: Array(payload.utf8).span,
            at: Self.time(second))
    }

    private func isKnown(
        _ filter: inout RedeliveryFilter, _ id: UInt16, _ topic: String, _ payload: String
    ) -> Bool {
        let hash = RedeliveryFilter.hash(
            topic: Array(topic.utf8).span, payload: Array(payload.utf8).span)
        return filter.take(packetID: id, hash: hash, at: Self.time(0)) == .known
    }

    private func shipped() async throws -> RecordSet {
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        var all = RecordSet()
        var sequence: UInt64 = 0
        while try await outbox.seal(size: 1, before: .latest, now: .latest) {
            let stored = try #require(try await outbox.batch(after: sequence))
            all.append(try Batch(bytes: stored.bytes).records(limit: 1 << 24))
            sequence = stored.sequence
        }
        return all
    }

    @Test func windowsGoOnAcrossACrash() async throws {
        do {
            let first = try ingest()
            _ = try first.recover()
            first.connected(sessionPresent: false, at: Self.time(100))
            send(first, 1, "tank/1", "1.5", at: 101)
            try first.commit(at: Self.time(101))
            // Received but not committed: the broker hands it over again.
            send(first, 2, "tank/1", "2", at: 102)
        }
        let second = try ingest()
        var filter = try second.recover()
        filter.connected(sessionPresent: true)
        #expect(isKnown(&filter, 1, "tank/1", "1.5"))
        #expect(!isKnown(&filter, 2, "tank/1", "2"))
        send(second, 2, "tank/1", "2", at: 103)
        send(second, 3, "tank/1", "9", at: 112)
        try second.commit(at: Self.time(112))
        let windows = try await shipped().windows
        #expect(windows.map(\.values) == [[Number(2), .decimal(mantissa: 35, scale: 1)]])
    }

    /// A refused message is between committed ones when the broker sends all of them again.
    @Test func refusedMessagesAreKnownAgainToo() async throws {
        let long = "tank/" + String(repeating: "x", count: 1_100)
        do {
            let first = try ingest()
            _ = try first.recover()
            first.connected(sessionPresent: false, at: Self.time(100))
            send(first, 1, "tank/1", "1", at: 101)
            send(first, 2, long, "1", at: 101)
            send(first, 3, "tank/1", "1", at: 101)
            try first.commit(at: Self.time(101))
        }
        let second = try ingest()
        var filter = try second.recover()
        filter.connected(sessionPresent: true)
        #expect(isKnown(&filter, 1, "tank/1", "1"))
        #expect(isKnown(&filter, 2, long, "1"))
        #expect(isKnown(&filter, 3, "tank/1", "1"))
        second.caughtUp(at: Self.time(200), uptime: 1_000_000)
        second.caughtUp(at: Self.time(300), uptime: 101_000_000)
        second.caughtUp(at: Self.time(301), uptime: 102_000_000)
        try second.commit(at: Self.time(301))
        let gaps = try await shipped().gaps
        #expect(gaps.map(\.cause) == [.tooLarge])
        #expect(gaps.map(\.count) == [1])
    }

    /// Without a session at the broker the same packet id and content are a new message.
    @Test func aLostSessionIsRememberedAcrossACrash() throws {
        do {
            let first = try ingest()
            _ = try first.recover()
            first.connected(sessionPresent: false, at: Self.time(100))
            for id in UInt16(1)...5 { send(first, id, "tank/1", "7", at: 101) }
            try first.commit(at: Self.time(101))
            first.connected(sessionPresent: false, at: Self.time(102))
            send(first, 1, "tank/1", "7", at: 103)
            try first.commit(at: Self.time(103))
        }
        var filter = try ingest().recover()
        filter.connected(sessionPresent: true)
        #expect(isKnown(&filter, 1, "tank/1", "7"))
        #expect(!isKnown(&filter, 2, "tank/1", "7"))
    }

    /// A stall, or a clock that was set, tells nothing of a sensor's silence.
    @Test func aStallClosesNothing() async throws {
        let ingest = try ingest()
        _ = try ingest.recover()
        ingest.connected(sessionPresent: false, at: Self.time(100))
        ingest.caughtUp(at: Self.time(100), uptime: 1_000_000)
        send(ingest, 1, "tank/1", "1", at: 101)
        ingest.caughtUp(at: Self.time(500), uptime: 401_000_000)
        ingest.caughtUp(at: Self.time(9_000), uptime: 402_000_000)
        try ingest.commit(at: Self.time(9_000))
        #expect(try await shipped().windows.isEmpty)
        for second in Int64(1)...12 {
            ingest.caughtUp(at: Self.time(9_000 + second), uptime: (402 + second) * 1_000_000)
        }
        try ingest.commit(at: Self.time(9_012))
        #expect(try await shipped().windows.map { $0.values[0] } == [Number(1)])
    }

    @Test func aChangedConfigurationClosesEarlyAndSaysSo() async throws {
        do {
            let first = try ingest()
            _ = try first.recover()
            send(first, 1, "tank/1", "1", at: 101)
            try first.commit(at: Self.time(101))
        }
        let second = try ingest(Self.yaml.replacingOccurrences(of: "size: 10s", with: "size: 20s"))
        _ = try second.recover()
        try second.commit(at: Self.time(102))
        #expect(try await shipped().windows.map(\.flags) == [.partial])
    }
}
