internal import Core
internal import Foundation
internal import Logging
internal import OpenSSL
internal import Receiver
internal import SQLite
internal import Testing
internal import Wire

/// What the ledger says of gap records, summed as the batches come.
@Suite struct GapAuditTests {
    let folder: TemporaryFolder
    let storage: Storage

    init() throws {
        folder = try TemporaryFolder()
        storage = Storage(folder: folder.path + "/storage")
    }

    private func open() throws -> Intake {
        try Intake(
            storage: storage, limits: ReceiverLimits(),
            logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() },
            now: { Self.time(0) })
    }

    private static func time(_ second: Int64) -> Timestamp {
        Timestamp(microseconds: (1_763_932_774 + second) * 1_000_000)
    }

    private static func gap(
        _ cause: GapRecord.Cause, _ count: UInt64, _ from: Int64, _ to: Int64
    ) -> GapRecord {
        GapRecord(
            cause: cause, subject: "s", from: time(from), to: time(to), count: count, detail: "d")
    }

    /// Batches with these gaps and nothing else.
    private static func chain(_ gaps: [[GapRecord]]) -> [Batch] {
        var previous = SHA256Digest.zero
        return gaps.enumerated().map { index, gaps in
            let batch = Batch(
                sealing: RecordSet(gaps: gaps), gateway: "gateway-1", epoch: Samples.epoch,
                sequence: UInt64(index + 1), previous: previous)
            previous = batch.digest
            return batch
        }
    }

    private static let batches = chain([
        [gap(.late, 3, 5, 9), gap(.late, 4, 2, 6), gap(.brokerDropped, 100, 1, 1)],
        [],
        [gap(.late, 1, 7, 20)],
    ])
    private static let expected = [
        GapAudit(cause: "late", records: 3, count: 8, from: time(2), to: time(20)),
        GapAudit(cause: "broker_dropped", records: 1, count: 100, from: time(1), to: time(1)),
    ]

    private func audit() throws -> EpochAudit {
        try #require(try AuditReport(readingIn: storage).gateways.first?.epochs.first)
    }

    @Test func sumsGoByEpochAndCause() async throws {
        let intake = try open()
        for batch in Self.batches { _ = await intake.take(batch.bytes, from: "gateway-1") }
        // What changes nothing is not summed either.
        _ = await intake.take(Self.batches[0].bytes, from: "gateway-1")
        _ = await intake.take(Samples.chain(2, seed: 7)[1].bytes, from: "gateway-1")
        #expect(try audit().gaps == Self.expected)
        let other = Samples.chain(1, epoch: Samples.otherEpoch)[0]
        _ = await intake.take(other.bytes, from: "gateway-1")
        #expect(try audit().gaps == Self.expected)
        let report = try AuditReport(readingIn: storage)
        #expect(report.gateways[0].epochs[1].gaps.map(\.cause) == ["late"])
        #expect(report.gateways[0].epochs[1].gaps.map(\.count) == [3])
    }

    @Test func isSaidAsTextAndAsJSON() async throws {
        let intake = try open()
        _ = await intake.take(Self.batches[1].bytes, from: "gateway-1")
        #expect(!(try AuditReport(readingIn: storage).table.contains("COUNT")))
        for index in [0, 2] {
            _ = await intake.take(Self.batches[index].bytes, from: "gateway-1")
        }
        let report = try AuditReport(readingIn: storage)
        let lines = report.table.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.contains(["GATEWAY", "EPOCH", "GAPS", "RECORDS", "COUNT", "FROM", "TO"]))
        #expect(
            lines.contains([
                "gateway-1", "00112233", "late", "3", "8", "2025-11-23T21:19:36Z",
                "2025-11-23T21:19:54Z",
            ]))
        #expect(lines.contains { $0.contains("broker_dropped") && $0.contains("100") })
        #expect(
            String(decoding: report.json, as: UTF8.self).contains(
                #"{"cause":"late","records":3,"count":8,"from":"2025-11-23T21:19:36Z","#
                    + #""to":"2025-11-23T21:19:54Z"}"#))
    }

    /// A gateway may write any count, and no count may stop the receiver.
    @Test func aSumBeyondAllSenseStops() async throws {
        let intake = try open()
        let batches = Self.chain([
            [Self.gap(.late, .max, 1, 1), Self.gap(.late, .max, 1, 1)], [Self.gap(.late, 1, 1, 1)],
        ])
        for batch in batches {
            guard case .stored = await intake.take(batch.bytes, from: "gateway-1") else {
                Issue.record("not taken")
                return
            }
        }
        #expect(try audit().gaps.map(\.count) == [.max])
    }

    /// Makes a ledger what it was.
    private static let versionOne = """
        DROP TABLE gaps;
        ALTER TABLE batches DROP COLUMN events;
        ALTER TABLE batches DROP COLUMN samples;
        ALTER TABLE batches DROP COLUMN revised;
        ALTER TABLE batches DROP COLUMN amended;
        PRAGMA user_version = 1;
        """

    /// The first ledgers had no sums: they are made from the files, once.
    @Test func anOlderLedgerIsBroughtUpToDate() async throws {
        do {
            let intake = try open()
            for batch in Self.batches { _ = await intake.take(batch.bytes, from: "gateway-1") }
            let ledger = try Connection(path: storage.ledger)
            try ledger.execute(Self.versionOne)
        }
        do {
            _ = try AuditReport(readingIn: storage)
            Issue.record("an older ledger has no sums to read")
        } catch {
            #expect("\(error)".contains("start the receiver"), "\(error)")
        }
        _ = try open()
        #expect(try audit().gaps == Self.expected)
        let again = try open()
        #expect(try audit().gaps == Self.expected)
        _ = again
    }

    /// The second ones knew no samples, no events and no revisions.
    @Test func aLedgerOfVersionTwoGoesOn() async throws {
        do {
            let intake = try open()
            _ = await intake.take(Self.batches[0].bytes, from: "gateway-1")
            let ledger = try Connection(path: storage.ledger)
            try ledger.execute(Self.versionOne.replacing("DROP TABLE gaps;", with: ""))
            try ledger.execute("PRAGMA user_version = 2")
        }
        let intake = try open()
        #expect(try audit().records == RecordCounts(gaps: 3))
        #expect(try audit().gaps.map(\.records) == [2, 1])
        guard case .stored = await intake.take(Self.batches[1].bytes, from: "gateway-1") else {
            Issue.record("not taken")
            return
        }
    }

    @Test func aFileThatCannotBeReadIsCountedAsUnread() async throws {
        do {
            let intake = try open()
            for batch in Self.batches { _ = await intake.take(batch.bytes, from: "gateway-1") }
            let ledger = try Connection(path: storage.ledger)
            try ledger.execute(Self.versionOne)
            try FileManager.default.removeItem(
                atPath: storage.batch("gateway-1", Samples.epoch, 1))
        }
        _ = try open()
        #expect(
            try audit().gaps == [
                GapAudit(
                    cause: "unread", records: 3, count: 0, from: Self.time(1), to: Self.time(9)),
                GapAudit(
                    cause: "late", records: 1, count: 1, from: Self.time(7), to: Self.time(20)),
            ])
    }
}
