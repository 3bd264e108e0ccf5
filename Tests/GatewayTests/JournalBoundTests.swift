import Console
import Core
import FaultyDisk
import Foundation
import Gateway
import Logging
import SQLite
import Session
import Simulator
import Store
import Testing

/// What a start must read is bounded, however large messages are and however small commits.
@Suite final class JournalBoundTests {
    private let disk = FaultyDisk(seed: 1)
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-bound-\(UUID().uuidString)").path
    private static let snapshotBytes = 262_144

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func session() throws -> Reception {
        let configuration = try IngestScene.configuration()
        let ingest = try Ingest(
            store: IngestStore(
                directory: directory, gateway: "gateway-1", deadLetterLimit: 10,
                fileSystem: disk.name),
            configuration: configuration, board: StatusBoard(gateway: "gateway-1"),
            shipper: LogShipper(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            snapshots: SnapshotPolicy(minimum: Self.snapshotBytes, factor: 1))
        return Reception(handler: ingest, settings: configuration.broker)
    }

    private func payload(_ number: Int, _ size: Int) -> [UInt8] {
        var chance = SplitMix(seed: UInt64(number))
        return (0..<size).map { _ in UInt8.random(in: 0...255, using: &chance) }
    }

    /// A message a commit.
    private func play(_ count: Int, bytes size: Int) throws {
        var session = try session()
        try session.recover()
        session.connected(sessionPresent: false, at: IngestScene.time(100))
        for number in 0..<count {
            session.received(
                packetID: UInt16(number + 1), topic: Array("tank/1".utf8).span,
                payload: payload(number, size).span, isRetained: false,
                at: IngestScene.time(Int64(101 + number)))
            _ = try session.commitIfDue(
                force: true, at: IngestScene.time(Int64(101 + number)), uptime: 0)
        }
    }

    @Test(arguments: [(800, 20_000), (2_000, 5)])
    func aStartReadsLittle(count: Int, size: Int) throws {
        try play(count, bytes: size)
        do {
            let connection = try Connection(
                path: "\(directory)/\(StoreFile.name)", readOnly: true, fileSystem: disk.name)
            let blocks = try connection.integer("SELECT count(*) FROM journal")
            let bytes = try connection.integer("SELECT sum(length(data)) FROM journal")
            #expect(blocks <= Self.snapshotBytes / 1_024 + 1)
            #expect(bytes < Self.snapshotBytes + 20_000 + count * 12)
        }
        // All of it is known again, what came before the snapshot too.
        var session = try session()
        try session.recover()
        session.connected(sessionPresent: true, at: IngestScene.time(9_000))
        for number in 0..<count {
            session.received(
                packetID: UInt16(number + 1), topic: Array("tank/1".utf8).span,
                payload: payload(number, size).span, isRetained: false,
                at: IngestScene.time(9_000))
        }
        #expect(session.mayAcknowledge == false)
        _ = try session.commitIfDue(force: true, at: IngestScene.time(9_000), uptime: 0)
        let connection = try Connection(
            path: "\(directory)/\(StoreFile.name)", readOnly: true, fileSystem: disk.name)
        #expect(try connection.integer("SELECT sum(messages) FROM journal") == Int64(count))
    }
}
