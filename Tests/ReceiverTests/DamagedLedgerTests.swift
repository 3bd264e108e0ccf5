internal import Core
internal import Foundation
internal import Logging
internal import OpenSSL
internal import Receiver
internal import SQLite
internal import Testing
internal import Wire

/// A flipped bit in a plain number of the ledger may make it any number.
@Suite struct DamagedLedgerTests {
    private let folder: TemporaryFolder
    private let storage: Storage

    init() throws {
        folder = try TemporaryFolder()
        storage = Storage(folder: folder.path + "/storage")
    }

    private func open() throws -> Intake {
        try Intake(
            storage: storage, limits: ReceiverLimits(),
            logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() }, now: { .epoch })
    }

    private func batch(_ sequence: UInt64, after previous: SHA256Digest) -> Batch {
        Batch(
            sealing: RecordSet(), gateway: "gateway-1", epoch: Samples.epoch, sequence: sequence,
            previous: previous)
    }

    @Test func whatIsHeldIsCountedAnew() async throws {
        let first = batch(1, after: .zero)
        let second = batch(2, after: first.digest)
        do {
            let intake = try open()
            let outcome = await intake.take(first.bytes, from: "gateway-1")
            #expect(outcome == .stored(completeThrough: 1))
        }
        try Connection(path: storage.ledger).execute("UPDATE epochs SET complete_through = -123")
        let intake = try open()
        #expect(await intake.take(first.bytes, from: "gateway-1") == .duplicate(completeThrough: 0))
        #expect(await intake.take(second.bytes, from: "gateway-1") == .stored(completeThrough: 2))
    }

    @Test func aNumberThatNobodyGaveDoesNotEndTheAudit() throws {
        _ = try open()
        let database = try Connection(path: storage.ledger)
        try database.run(
            "INSERT INTO epochs (gateway, epoch) VALUES ('gateway-1', ?)",
            .blob(Samples.epoch.bytes))
        try database.run(
            "INSERT INTO batches VALUES (1, -5, ?, ?, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0)",
            .blob(SHA256Digest.zero.bytes), .blob(SHA256Digest.zero.bytes))
        try database.run(
            """
            INSERT INTO refusals (time, gateway, epoch, sequence, reason)
            VALUES (0, 'gateway-1', ?, -7, 'r')
            """, .blob(Samples.epoch.bytes))
        let ledger = try Ledger(readingIn: storage)
        let epoch = try #require(try ledger.epochs().first)
        #expect(try ledger.page(of: epoch, after: 0, in: .all).isEmpty)
    }
}
