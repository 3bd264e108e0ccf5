import Core
import Foundation
import OpenSSL
import SQLite
import Store
import Testing
import Wire
import Zstd

/// Samples and events go the way of windows.
@Suite final class RecordKindTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-kinds-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private var file: String { "\(directory)/\(StoreFile.name)" }

    private static let series = (0..<3).map {
        Series(stream: "s\($0)", field: "s\($0)", labels: [], unit: "")
    }

    private static func sample(_ series: SeriesID, _ time: Int64) -> SampleRecord {
        SampleRecord(
            series: series,
            reading: Reading(
                time: Timestamp(microseconds: time), number: Number(7),
                quality: Quality(.uncertain, .stale)))
    }

    private static let event = EventRecord(
        kind: .maintenance, name: "drift", subject: "s1", state: .active, severity: .info,
        time: Timestamp(microseconds: 5), value: nil, quality: .good, detail: "0.3 a day")

    private func open() throws -> IngestStore {
        try IngestStore(directory: directory, gateway: "gateway-1", deadLetterLimit: 1)
    }

    private func commit(_ samples: [SampleRecord], to store: IngestStore) throws {
        var commit = Commit(time: Timestamp(microseconds: 9))
        commit.newSeries = store.epoch == known ? [] : Self.series
        known = store.epoch
        commit.records = RecordSet(events: [Self.event], samples: samples)
        try store.commit(commit)
    }
    private var known: Epoch?

    private func sealed(_ outbox: OutboxStore) async throws -> RecordSet {
        #expect(try await outbox.seal(size: 1 << 20, before: .latest, now: .epoch))
        let stored = try #require(try await outbox.batch(after: 0))
        return try Batch(bytes: stored.bytes).records(limit: 1 << 24)
    }

    @Test func areSealedWithTheirSeries() async throws {
        let store = try open()
        try commit([Self.sample(2, 5), Self.sample(1, 9)], to: store)
        try commit([Self.sample(1, 3)], to: store)
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        #expect(try await outbox.figures().records == 5)
        #expect(try StoreVerification(file: file).isSound)
        var exported = RecordSet()
        #expect(try StoreRecords(file: file).each { set, _, _ in exported.append(set) } == [])
        #expect(exported.counts == RecordCounts(events: 2, samples: 3))
        let records = try await sealed(outbox)
        #expect(records.series == [Self.series[1], Self.series[2]])
        #expect(records.samples == [Self.sample(0, 3), Self.sample(0, 9), Self.sample(1, 5)])
        #expect(records.events == [Self.event, Self.event])
        #expect(try await outbox.figures().batchRecords == 5)
        #expect(try StoreVerification(file: file).isSound)
    }

    @Test func samplesOfALostSeriesLeaveAGap() async throws {
        let store = try open()
        try commit([Self.sample(0, 1), Self.sample(1, 2), Self.sample(1, 3)], to: store)
        let connection = try Connection(path: file)
        try connection.run("DELETE FROM series WHERE number = 1")
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        let records = try await sealed(outbox)
        #expect(records.samples == [Self.sample(0, 1)])
        #expect(records.gaps.map(\.cause) == [.unreadable])
        #expect(records.gaps.map(\.count) == [2])
        #expect(records.events == [Self.event])
    }

    @Test func manySamplesMakeManyBlocks() async throws {
        let store = try open()
        try commit((0..<70_000).map { Self.sample(0, Int64($0)) }, to: store)
        let connection = try StoreFile.openReadOnly(directory: directory)
        var counts: [Int64] = []
        try connection.each("SELECT records FROM outbox ORDER BY number") {
            counts.append($0.integer(0))
        }
        // The last with the event.
        #expect(counts == [32_768, 32_768, 70_000 - 65_536 + 1])
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        #expect(try await sealed(outbox).samples.count == 70_000)
    }

    /// A block that a gateway of the first format left: two windows, one of them with a time
    /// that was replaced.
    @Test func aBlockOfTheFirstFormatIsSealed() async throws {
        let store = try open()
        try commit([], to: store)
        var table = ByteWriter()
        table.signed(10_000_000)
        table.count(1)
        table.aggregate(.count)
        table.count(2)
        // Series 1; starts of 0 and 1 in units of the size; flags 0 and 2; counts of 3.
        table.raw([0, 2])
        table.signed(10_000_000)
        table.raw([1, 0, 2, 1, 0, 4, 0, 0, 6])
        var body = ByteWriter()
        body.byte(2)
        body.block(table.bytes)
        let connection = try Connection(path: file)
        try connection.run(
            "INSERT INTO outbox (created, records, raw_bytes, data) VALUES (9, 2, 30, ?)",
            .blob(Zstd.compress(body.bytes, level: 3)))
        try connection.run("UPDATE counter SET value = value + 2 WHERE name = 'outbox_records'")
        #expect(try StoreVerification(file: file).isSound)
        let records = try await sealed(try OutboxStore(directory: directory, gateway: "gateway-1"))
        #expect(records.series == [Self.series[1]])
        #expect(records.windows.map(\.values) == [[Number(3)], [Number(3)]])
        #expect(records.windows.map(\.end.microseconds) == [10_000_000, 20_000_000])
        #expect(records.windows.map(\.quality) == [.good, Quality(.uncertain, .substituted)])
        #expect(records.windows.map(\.flags) == [[], []])
        #expect(records.gaps.isEmpty)
    }
}
