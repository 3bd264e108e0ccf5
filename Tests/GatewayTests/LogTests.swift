import Console
import Core
import Logging
import Store
import Testing

@testable import Gateway

/// Logs on their way upstream, and what must not wait for them.
@Suite struct LogTests {
    private static func record(_ second: Int64) -> LogRecord {
        LogRecord(time: IngestScene.time(second), level: 4, source: "s", message: "m")
    }

    /// A commit fails that took none; what came meanwhile did not fit.
    @Test func whatWasDroppedMeanwhileHasItsTime() throws {
        let shipper = LogShipper()
        let load = shipper.takeAll()
        for second in Int64(1)...1_005 { shipper.add(Self.record(second)) }
        shipper.putBack(load)
        let gap = try #require(shipper.takeAll().gap(now: IngestScene.time(2_000)))
        #expect(gap.count == 5)
        #expect(gap.from == IngestScene.time(1_001))
    }

    @Test func whatWasDroppedBeforeKeepsItsTime() throws {
        let shipper = LogShipper()
        for second in Int64(1)...1_005 { shipper.add(Self.record(second)) }
        let load = shipper.takeAll()
        for second in Int64(2_001)...3_005 { shipper.add(Self.record(second)) }
        shipper.putBack(load)
        let gap = try #require(shipper.takeAll().gap(now: IngestScene.time(4_000)))
        #expect(gap.count == 5 + 1_000 + 5)
        #expect(gap.from == IngestScene.time(1_001))
    }

    /// Looks at the board while it logs: that must be free.
    private struct Looker: LogHandler {
        let board: StatusBoard
        let lines: LogShipper
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            _ = board.current
            lines.add(
                LogRecord(
                    time: .epoch, level: 0, source: "", message: event.message.description))
        }
    }

    @Test func nobodyWaitsForTheLogToLookAtTheBoard() throws {
        let scene = try IngestScene()
        let lines = LogShipper()
        let board = scene.board
        let ingest = try Ingest(
            store: IngestStore(
                directory: scene.directory, gateway: "gateway-1", deadLetterLimit: 1),
            configuration: ConfigurationReader.read(
                text: """
                    gateway: gateway-1
                    storage: {directory: /tmp}
                    broker: {host: h, authorities: a, certificate: b, key: c}
                    uplink: {endpoint: "https://h", authorities: a, certificate: b, key: c}
                    \(IngestScene.level)
                    """, file: "test.yaml", environment: [:]),
            board: board, shipper: LogShipper(),
            logger: Logger(label: "test") { _ in Looker(board: board, lines: lines) })
        _ = try ingest.recover()
        ingest.connected(sessionPresent: false, at: IngestScene.time(1))
        board.update { $0.store.trouble = "for a test" }
        try ingest.commit(at: IngestScene.time(1))
        #expect(board.current.store.trouble == nil)
        #expect(lines.takeAll().records.map(\.message).contains("the store takes commits again"))
    }
}
