internal import Core
internal import Foundation
internal import Logging
internal import OpenSSL
internal import Receiver
internal import Testing
internal import Wire

@Suite struct IntakeTests {
    let folder: TemporaryFolder
    let storage: Storage

    init() throws {
        folder = try TemporaryFolder()
        storage = Storage(folder: folder.path + "/storage")
    }

    func open(_ limits: ReceiverLimits = ReceiverLimits()) throws -> Intake {
        try Intake(
            storage: storage, limits: limits,
            logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() },
            now: { Timestamp(microseconds: 1_763_932_774_000_000) })
    }

    func audit() throws -> EpochAudit? {
        try AuditReport(readingIn: storage).gateways.first?.epochs.first
    }

    @Test func holesCloseAndOutliveAReopening() async throws {
        let chain = Samples.chain(4)
        do {
            let intake = try open()
            #expect(
                await intake.take(chain[3].bytes, from: "gateway-1")
                    == .stored(completeThrough: 0))
            #expect(
                await intake.take(chain[0].bytes, from: "gateway-1")
                    == .stored(completeThrough: 1))
        }
        #expect(try audit()?.holes == [2...3])
        let intake = try open()
        #expect(
            await intake.take(chain[2].bytes, from: "gateway-1") == .stored(completeThrough: 1))
        #expect(
            await intake.take(chain[1].bytes, from: "gateway-1") == .stored(completeThrough: 4))
        #expect(try await intake.completeThrough("gateway-1", Samples.epoch) == 4)
        #expect(try await intake.completeThrough("gateway-2", Samples.epoch) == 0)
        let audit = try #require(try audit())
        #expect(audit.batches == 4 && audit.first == 1 && audit.last == 4)
        #expect(audit.completeThrough == 4 && audit.holes.isEmpty)
        #expect(
            audit.records == RecordCounts(windows: 4, logs: 4, gaps: 4, events: 4, samples: 4))
        #expect(audit.wireBytes == Int64(chain.reduce(0) { $0 + $1.bytes.count }))
    }

    @Test func aDuplicateChangesNothing() async throws {
        let batch = Samples.chain(1)[0]
        let intake = try open()
        _ = await intake.take(batch.bytes, from: "gateway-1")
        let path = storage.batch("gateway-1", Samples.epoch, 1)
        let before = try FileManager.default.attributesOfItem(atPath: path)
        #expect(
            await intake.take(batch.bytes, from: "gateway-1") == .duplicate(completeThrough: 1))
        let after = try FileManager.default.attributesOfItem(atPath: path)
        #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
        #expect(try audit()?.batches == 1)
        #expect(try audit()?.duplicates == 1)
        #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == batch.bytes)
    }

    @Test func aForkedEpochIsRefusedAndReported() async throws {
        let chain = Samples.chain(2)
        let fork = Samples.chain(3, seed: 9_999)
        let intake = try open()
        for batch in chain { _ = await intake.take(batch.bytes, from: "gateway-1") }
        #expect(
            await intake.take(fork[1].bytes, from: "gateway-1") == .refused(.otherContent))
        #expect(
            await intake.take(fork[2].bytes, from: "gateway-1") == .refused(.followsAnother))
        let report = try AuditReport(readingIn: storage)
        #expect(report.refusals.map(\.sequence) == [3, 2])
        #expect(report.gateways.first?.epochs.first?.conflicts == 2)
        #expect(report.gateways.first?.epochs.first?.batches == 2)
        let path = storage.batch("gateway-1", Samples.epoch, 2)
        #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == chain[1].bytes)
    }

    /// What a crash between the file and the ledger leaves behind.
    @Test func aFileWithoutARowIsReplaced() async throws {
        let batch = Samples.chain(1)[0]
        let path = storage.batch("gateway-1", Samples.epoch, 1)
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(fileURLWithPath: path))
        try Data([2]).write(to: URL(fileURLWithPath: path + ".tmp"))
        let intake = try open()
        #expect(
            await intake.take(batch.bytes, from: "gateway-1") == .stored(completeThrough: 1))
        #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == batch.bytes)
    }

    @Test func badBatchesLeaveNothing() async throws {
        var limits = ReceiverLimits()
        limits.rawBytes = 50
        let batch = Samples.chain(1)[0]
        let small = try open(limits)
        guard case .faulty(.tooLarge) = await small.take(batch.bytes, from: "gateway-1") else {
            Issue.record("a batch beyond the limit was taken")
            return
        }
        guard case .faulty(.wrongGateway) = await small.take(batch.bytes, from: "gateway-2")
        else {
            Issue.record("another gateway's batch was taken")
            return
        }
        var damaged = batch.bytes
        damaged[damaged.count - 1] ^= 1
        guard case .faulty(.malformed) = await small.take(damaged, from: "gateway-1") else {
            Issue.record("a damaged batch was taken")
            return
        }
        #expect(try audit() == nil)
        #expect(!FileManager.default.fileExists(atPath: storage.folder + "/batches"))
    }

    @Test func aTimeThatNoCalendarHasIsMalformed() {
        var records = Samples.records()
        records.windows[0].end = Timestamp(microseconds: Timestamp.latest.microseconds + 1)
        let batch = Batch(
            sealing: records, gateway: "gateway-1", epoch: Samples.epoch, sequence: 1,
            previous: .zero)
        #expect(throws: Inspection.Fault.self) {
            try Inspection(batch.bytes, from: "gateway-1", limits: ReceiverLimits())
        }
    }

    /// The schema is the header's first byte, behind magic, version and one byte of length.
    @Test func aNewerFormatMayComeAgain() async throws {
        var bytes = Samples.chain(1)[0].bytes
        bytes[6] += 1
        let intake = try open()
        let outcome = await intake.take(bytes, from: "gateway-1")
        guard case .faulty(.tooNew(let reason)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason == "the batch: format version 3 is newer than this program; update it")
        #expect(try audit() == nil)
    }

    @Test func revisionsAndAmendmentsAreCounted() async throws {
        var records = Samples.records()
        var window = records.windows[0]
        window.flags = .early
        for revision in UInt32(1)...3 {
            window.revision = revision
            records.windows.append(window)
        }
        window.flags = .amendment
        records.windows.append(window)
        let batch = Batch(
            sealing: records, gateway: "gateway-1", epoch: Samples.epoch, sequence: 1,
            previous: .zero)
        let intake = try open()
        #expect(
            await intake.take(batch.bytes, from: "gateway-1") == .stored(completeThrough: 1))
        let audit = try #require(try audit())
        #expect((audit.records.windows, audit.revised, audit.amended) == (5, 3, 1))
        let report = try AuditReport(readingIn: storage)
        #expect(
            String(decoding: report.json, as: UTF8.self).contains(
                #""records":{"window":5,"log":1,"gap":1,"event":1,"sample":1},"#
                    + #""revised":3,"amended":1,"#))
        let lines = report.table.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(
            lines[0].dropFirst(9).prefix(7) == [
                "WINDOWS", "REVISED", "AMENDED", "SAMPLES", "EVENTS", "LOGS", "GAPS",
            ])
        #expect(lines[1].dropFirst(9).prefix(7) == ["5", "3", "1", "1", "1", "1", "1"])
    }

    @Test func oneReceiverAFolder() async throws {
        let first = try open()
        #expect(throws: StorageError.self) { _ = try open() }
        #expect(try await first.completeThrough("gateway-1", Samples.epoch) == 0)
    }

    @Test func storageThatFailsIsSaid() async throws {
        let intake = try open()
        // A file where the folder should be: as good as a disk that refuses.
        try Data().write(to: URL(fileURLWithPath: storage.folder + "/batches"))
        guard case .failed = await intake.take(Samples.chain(1)[0].bytes, from: "gateway-1")
        else {
            Issue.record("taken without being stored")
            return
        }
        try FileManager.default.removeItem(atPath: storage.folder + "/batches")
        #expect(
            await intake.take(Samples.chain(1)[0].bytes, from: "gateway-1")
                == .stored(completeThrough: 1))
    }
}
