import Console
import Core
import Foundation
import Gateway
import LocalBroker
import Logging
import Store
import Testing
import Wire

/// An `Ingest` on a store of its own, without a broker.
final class IngestScene {
    let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-scene-\(UUID().uuidString)").path
    let shipper = LogShipper()
    let board = StatusBoard(gateway: "gateway-1")
    static let deadLetterLimit = 10

    /// One stream of plain numbers, with the time of their arrival.
    static let level = """
        streams:
          - name: level
            topic: tank/{tank}
            payload: number
            window: {size: 10s, delay: 1s}
            aggregates: [count, sum]

        """

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// - Parameter yaml: streams, fusions and limits.
    static func configuration(_ yaml: String = level) throws -> GatewayConfiguration {
        let basics = """
            gateway: gateway-1
            storage: {directory: /tmp}
            broker: {host: h, authorities: a, certificate: b, key: c, publisher: {certificate: d, key: e}}
            uplink: {endpoint: "https://h", authorities: a, certificate: b, key: c}

            """
        return try ConfigurationReader.read(
            text: basics + yaml, file: "test.yaml", environment: [:])
    }

    func ingest(
        _ yaml: String = level, publisher: LocalPublisher? = nil,
        change: (inout GatewayConfiguration) -> Void = { _ in }
    ) throws -> Ingest {
        var configuration = try Self.configuration(yaml)
        change(&configuration)
        return try Ingest(
            store: IngestStore(
                directory: directory, gateway: "gateway-1",
                deadLetterLimit: Self.deadLetterLimit),
            configuration: configuration, board: board, shipper: shipper, publisher: publisher,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A new store, and its first connection at second 100.
    func start(_ yaml: String = level, publisher: LocalPublisher? = nil) throws -> Ingest {
        let ingest = try ingest(yaml, publisher: publisher)
        _ = try ingest.recover()
        ingest.connected(sessionPresent: false, at: Self.time(100))
        return ingest
    }

    /// A quiet moment, in which gathered gaps are flushed, and a commit.
    func finish(_ ingest: Ingest, at second: Int64 = 300) throws {
        ingest.caughtUp(at: Self.time(second), uptime: second * 1_000_000)
        try ingest.commit(at: Self.time(second))
    }

    func outbox() throws -> OutboxStore {
        try OutboxStore(directory: directory, gateway: "gateway-1")
    }

    /// What all batches hold that are sealed, or can be.
    func shipped(_ outbox: OutboxStore? = nil) async throws -> [RecordSet] {
        let outbox = try outbox ?? self.outbox()
        var sets: [RecordSet] = []
        var last: UInt64 = 0
        repeat {
            while let stored = try await outbox.batch(after: last) {
                sets.append(try Batch(bytes: stored.bytes).records(limit: 1 << 24))
                last = stored.number
            }
        } while try await outbox.seal(size: 1, before: .latest, now: .latest)
        return sets
    }

    static func time(_ second: Int64) -> Timestamp {
        Timestamp(microseconds: second * 1_000_000)
    }
}

extension Ingest {
    /// A message as the broker hands it over.
    func take(_ id: UInt16, _ topic: String, _ payload: String, at second: Int64) {
        received(
            packetID: id, topic: Array(topic.utf8).span, payload: Array(payload.utf8).span,
            at: IngestScene.time(second))
    }
}
