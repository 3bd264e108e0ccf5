import Core
import Foundation
import OpenSSL
import SQLite
import Store
import Testing
import Wire

@Suite final class StoreTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-store-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    private func open(deadLetters: Int = 10) throws(StoreError) -> IngestStore {
        try IngestStore(directory: directory, gateway: "gateway-1", deadLetterLimit: deadLetters)
    }

    private static let layout = WindowLayout(
        shape: .tumbling(size: 10_000_000), aggregates: [.count, .sum])
    private static let series = Series(
        stream: "t", field: "t", labels: [.init(name: "d", value: "1")], unit: "Cel")

    private func commit(_ windows: Range<Int>, newSeries: Bool = false) -> Commit {
        var commit = Commit(time: Timestamp(microseconds: 5))
        commit.records.windows = windows.map {
            WindowRecord(
                series: 0, start: Timestamp(microseconds: Int64($0) * 10_000_000),
                end: Timestamp(microseconds: Int64($0 + 1) * 10_000_000),
                layout: Self.layout, values: [Number(1), Number($0)])
        }
        if newSeries { commit.newSeries = [Self.series] }
        return commit
    }

    /// What GRDB's users found out the hard way: a PRAGMA that was set need not be in force.
    @Test func fullSynchronousIsReadBack() throws {
        let connection = try StoreFile.open(directory: directory, gateway: "gateway-1")
        #expect(try connection.integer("PRAGMA synchronous") == 2)
        #expect(try connection.integer("PRAGMA secure_delete") == 0)
        #expect(try connection.integer("PRAGMA auto_vacuum") == 2)
        #expect(
            try connection.first("PRAGMA journal_mode") { $0.text(0) } == "wal")
    }

    @Test func keepsItsEpochAndRefusesAnothersFile() throws {
        var epoch: Epoch?
        do { epoch = try open().epoch }
        do { #expect(try open().epoch == epoch) }
        do {
            _ = try IngestStore(
                directory: directory, gateway: "gateway-2", deadLetterLimit: 1)
            Issue.record("another gateway's store was taken")
        } catch {
            #expect(error.description.contains("belongs to gateway 'gateway-1'"))
        }
    }

    @Test func aNewerSchemaIsLeftAlone() throws {
        do { _ = try open() }
        let connection = try Connection(path: "\(directory)/\(StoreFile.name)")
        try connection.execute("PRAGMA user_version = 99")
        do {
            _ = try open()
            Issue.record("a newer schema was taken")
        } catch {
            #expect(error.description.contains("schema 99"))
        }
    }

    @Test func journalAndSnapshotComeBack() throws {
        let store = try open()
        let plan = try store.number(ofPlan: "streams: []")
        #expect(try store.number(ofPlan: "streams: []") == plan)
        #expect(try store.plan(plan) == "streams: []")
        #expect(try store.lastSnapshot() == nil)
        var first = Commit(time: .epoch)
        first.newSeries = [Self.series]
        first.snapshot = .init(parts: [SnapshotPart(key: 2, data: [1, 2])], plan: plan, series: 1)
        try store.commit(first)
        var journal = JournalBlock()
        journal.append(tick: Timestamp(microseconds: 77))
        var second = Commit(time: .epoch)
        second.journal = journal.encoded()
        try store.commit(second)

        let snapshot = try #require(try store.lastSnapshot())
        #expect(snapshot.parts == [SnapshotPart(key: 2, data: [1, 2])])
        #expect(snapshot.series == [Self.series])
        #expect(snapshot.plan == plan)
        var entries: [JournalEntry] = []
        try store.eachBlock { number, _, block in
            #expect(number > snapshot.block)
            entries += block
        }
        #expect(entries == [.tick(Timestamp(microseconds: 77))])
    }

    @Test func theJournalGivesWayToWhatTheSnapshotKnows() throws {
        let store = try open()
        let plan = try store.number(ofPlan: "x")
        func journal() throws -> [Int64: [JournalEntry]] {
            var blocks: [Int64: [JournalEntry]] = [:]
            try store.eachBlock { number, _, entries in blocks[number] = entries }
            return blocks
        }
        for index in Int64(1)...6 {
            var block = JournalBlock()
            block.append(tick: Timestamp(microseconds: index))
            var commit = Commit(time: .epoch)
            commit.journal = block.encoded()
            if index == 2 { commit.snapshot = .init(parts: [], plan: plan, series: 0) }
            if index == 5 {
                var known = JournalBlock()
                known.append(known: 7, hash: 77)
                commit.snapshot = .init(parts: [], plan: plan, series: 0, known: known)
            }
            try store.commit(commit)
            // One that says nothing of it leaves it as it is.
            if index == 4 { #expect(try journal().keys.sorted() == [1, 2, 3, 4]) }
        }
        #expect(
            try journal() == [
                5: [.known(packetID: 7, hash: 77)], 6: [.tick(Timestamp(microseconds: 6))],
            ])
        var last = Commit(time: .epoch)
        last.snapshot = .init(parts: [], plan: plan, series: 0, known: JournalBlock())
        try store.commit(last)
        #expect(try journal().isEmpty)
        // No number is given twice.
        var next = Commit(time: .epoch)
        next.journal = JournalBlock().encoded()
        try store.commit(next)
        #expect(try journal().keys.sorted() == [7])
    }

    @Test func deadLettersAreBoundedAndTheEvictedAreKnownBefore() throws {
        let store = try open(deadLetters: 3)
        var commit = Commit(time: Timestamp(microseconds: 9))
        commit.deadLetters = (0..<5).map {
            DeadLetter(topic: [65], time: .epoch, reason: "r\($0)", payload: [1])
        }
        #expect(try store.evictions(adding: 3) == 0)
        #expect(try store.evictions(adding: 5) == 2)
        try store.commit(commit)
        let connection = try StoreFile.openReadOnly(directory: directory)
        func reasons() throws -> [String] {
            var reasons: [String] = []
            try connection.each("SELECT reason FROM dead_letter ORDER BY number") {
                reasons.append($0.text(0))
            }
            return reasons
        }
        #expect(try reasons() == ["r2", "r3", "r4"])
        #expect(try store.evictions(adding: 0) == 0)
        #expect(try store.evictions(adding: 1) == 1)
        commit.deadLetters.removeLast(4)
        try store.commit(commit)
        #expect(try reasons() == ["r3", "r4", "r0"])
    }

    private func sealed(_ outbox: OutboxStore) async throws -> RecordSet {
        #expect(try await outbox.seal(size: 1, before: .latest, now: .epoch))
        let last = UInt64(try await outbox.figures().lastSequence)
        let stored = try #require(try await outbox.batch(after: last - 1))
        return try Batch(bytes: stored.bytes).records(limit: 1 << 24)
    }

    @Test func batchesAreSealedChainedAndConfirmed() async throws {
        let store = try open()
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        try store.commit(commit(0..<10, newSeries: true))
        try store.commit(commit(10..<20))
        // Too few and too fresh.
        #expect(try await !outbox.seal(size: 1 << 20, before: .epoch, now: .latest))
        #expect(try await outbox.seal(size: 1 << 20, before: .latest, now: .epoch))
        try store.commit(commit(20..<30))
        #expect(try await outbox.seal(size: 1, before: .epoch, now: .latest))
        let first = try Batch(bytes: #require(try await outbox.batch(after: 0)).bytes)
        let second = try Batch(bytes: #require(try await outbox.batch(after: 1)).bytes)
        #expect(first.header.previous == .zero)
        #expect(second.header.previous == first.digest)
        #expect(second.header.sequence == 2)
        #expect(first.header.epoch == store.epoch)
        let records = try first.records(limit: 1 << 24)
        #expect(records.series == [Self.series])
        #expect(records.windows.map { $0.values[1] } == (0..<20).map { Number($0) })
        var figures = try await outbox.figures()
        #expect((figures.records, figures.batches, figures.batchRecords) == (0, 2, 30))
        try await outbox.confirm(1)
        #expect(try await outbox.batch(after: 0)?.sequence == 2)
        try await outbox.confirm(2)
        figures = try await outbox.figures()
        #expect((figures.records, figures.batches, figures.batchRecords) == (0, 0, 0))
    }

    @Test func theSameBytesAreSentAgainAfterARestart() async throws {
        try open().commit(commit(0..<10, newSeries: true))
        var outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        _ = try await outbox.seal(size: 1, before: .epoch, now: .latest)
        let before = try await outbox.batch(after: 0)
        outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        #expect(try await outbox.batch(after: 0) == before)
        #expect(before != nil)
    }

    @Test func twoProcessesDoNotShareAStore() throws {
        let first = try open()
        #expect(throws: StoreError.self) { try open() }
        withExtendedLifetime(first) {}
    }

    @Test func manyWindowsMakeManyBlocks() async throws {
        try open().commit(commit(0..<20_000, newSeries: true))
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        var counts: [Int] = []
        while try await outbox.seal(size: 1, before: .latest, now: .latest) {
            let stored = try #require(try await outbox.batch(after: UInt64(counts.count)))
            counts.append(try Batch(bytes: stored.bytes).header.counts.windows)
        }
        #expect(counts == [8_192, 8_192, 3_616])
    }

    @Test func aRefusedBatchIsSetAsideAndSaysSo() async throws {
        try open().commit(commit(0..<10, newSeries: true))
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        _ = try await outbox.seal(size: 1, before: .epoch, now: .latest)
        try await outbox.setAside(1, reason: "too large", now: Timestamp(microseconds: 3))
        #expect(try await outbox.batch(after: 0) == nil)
        let gap = try #require(try await sealed(outbox).gaps.first)
        #expect((gap.cause, gap.subject, gap.count) == (.batchRefused, "batch 1", 10))
        #expect(gap.detail.contains("too large"))
        #expect(try await outbox.figures().setAside == 1)
    }

    @Test func aDamagedBlockIsSetAsideAndNeverBlocksTheOthers() async throws {
        let store = try open()
        try store.commit(commit(0..<10, newSeries: true))
        try store.commit(commit(10..<20))
        let connection = try Connection(path: "\(directory)/\(StoreFile.name)")
        try connection.run(
            "UPDATE outbox SET data = ? WHERE number = 1", .blob([1, 2, 3]))
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        #expect(try await outbox.seal(size: 1 << 20, before: .latest, now: .epoch))
        let stored = try #require(try await outbox.batch(after: 0))
        let records = try Batch(bytes: stored.bytes).records(limit: 1 << 24)
        #expect(records.windows.count == 10)
        #expect(records.gaps.map(\.count) == [10])
        let figures = try await outbox.figures()
        #expect((figures.records, figures.batchRecords, figures.setAside) == (0, 11, 1))
    }

    /// The receiver holds another history of our epoch: the store goes on under a new one.
    @Test func aForkBeginsANewEpoch() async throws {
        let store = try open()
        var first = commit(0..<10, newSeries: true)
        first.records.gaps = [
            GapRecord(
                cause: .brokerDropped, subject: "broker", from: .epoch, to: .epoch, count: 7,
                detail: "")
        ]
        try store.commit(first)
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        _ = try await outbox.seal(size: 1, before: .latest, now: .latest)
        let before = await outbox.epoch
        try await outbox.setAside(1, reason: "fork", isFork: true, now: .epoch)
        let after = await outbox.epoch
        #expect(before != after)
        #expect(try await outbox.seal(size: 1, before: .latest, now: .latest))
        let stored = try #require(try await outbox.batch(after: 0))
        let batch = try Batch(bytes: stored.bytes)
        #expect((batch.header.epoch, batch.header.sequence) == (after, 1))
        #expect(batch.header.previous == .zero)
        // What the refused one said was lost is still said, and summed up once.
        let gaps = try batch.records(limit: 1 << 24).gaps
        #expect(gaps.map(\.cause) == [.batchRefused, .brokerDropped])
        #expect(gaps.map(\.count) == [10, 7])
        let sums = try await outbox.figures().gaps
        #expect((sums[.batchRefused], sums[.brokerDropped]) == (10, 7))
        let reopened = try OutboxStore(directory: directory, gateway: "gateway-1")
        #expect(await reopened.epoch == after)
    }

    /// As version 1 left it: batches by their own numbers.
    @Test func aStoreOfVersionOneGoesOn() async throws {
        do {
            try open().commit(commit(0..<10, newSeries: true))
            let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
            _ = try await outbox.seal(size: 1, before: .latest, now: .latest)
        }
        do {
            let connection = try Connection(path: "\(directory)/\(StoreFile.name)")
            try connection.execute(
                """
                ALTER TABLE batch RENAME TO batch_2;
                CREATE TABLE batch (
                    sequence INTEGER PRIMARY KEY, records INTEGER NOT NULL, data BLOB NOT NULL);
                INSERT INTO batch SELECT sequence, records, data FROM batch_2;
                DROP TABLE batch_2;
                DELETE FROM counter WHERE name = 'batches';
                PRAGMA user_version = 1;
                """)
        }
        let store = try open()
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        #expect(try await outbox.figures().batches == 1)
        #expect(try await outbox.batch(after: 0)?.sequence == 1)
        try store.commit(commit(10..<20))
        _ = try await outbox.seal(size: 1, before: .latest, now: .latest)
        #expect(try await outbox.batch(after: 1)?.sequence == 2)
    }
}
