import Console
import Core
import Foundation
import Logging
import SQLite
import Session
import Store
import Testing

@testable import Gateway

/// What stands in the way of a recovery while the gateway runs.
@Suite final class RecoveryTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-recovery-\(UUID().uuidString)").path
    private var damage: [Damage] = []

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func session() throws -> Reception {
        let configuration = try IngestScene.configuration()
        let ingest = try Ingest(
            store: IngestStore(directory: directory, gateway: "gateway-1", deadLetterLimit: 10),
            configuration: configuration, board: StatusBoard(gateway: "gateway-1"),
            shipper: LogShipper(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onStoreError: { [unowned self] error in
                if let found = (error as? StoreError)?.damage { damage.append(found) }
            })
        return Reception(handler: ingest, settings: configuration.broker)
    }

    private func play(_ reception: inout Reception) throws {
        try reception.recover()
        reception.connected(sessionPresent: false, at: IngestScene.time(100))
        for id in UInt16(1)...3 {
            reception.received(
                packetID: id, topic: Array("tank/1".utf8).span, payload: Array("1".utf8).span,
                isRetained: false, at: IngestScene.time(101))
            _ = try reception.commitIfDue(force: true, at: IngestScene.time(101), uptime: 0)
        }
    }

    private func damageStore(_ sql: String) throws {
        try Connection(path: "\(directory)/\(StoreFile.name)").execute(sql)
    }

    /// A damaged key, and nobody looks for the block under it.
    @Test func aBlockThatIsMissingIsNoticed() throws {
        do {
            var reception = try session()
            try play(&reception)
        }
        try damageStore("DELETE FROM journal WHERE number = 2")
        var reception = try session()
        do {
            try reception.recover()
            Issue.record("went on")
        } catch {
            #expect("\(error)".contains("journal block 2 is missing"))
        }
    }

    /// A block of the journal rots unread; then a commit fails, since the disk is full for a
    /// moment.
    @Test func damageThatARecoveryMeetsIsReported() throws {
        var reception = try session()
        try play(&reception)
        try damageStore("UPDATE journal SET data = x'010203'")
        #expect(throws: StoreError.self) { try reception.recoverAfterFailure() }
        guard case .state? = damage.first else {
            Issue.record("nobody was told: \(damage)")
            return
        }
        // Whoever opens a store rescues it, and must not be told after that.
        damage.removeAll()
        #expect(throws: StoreError.self) { try reception.recover() }
        #expect(damage.isEmpty)
    }
}
