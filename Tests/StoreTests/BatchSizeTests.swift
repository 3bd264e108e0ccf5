import Core
import Foundation
import Store
import Testing
import Wire

/// A batch is never more than a receiver takes, in bytes and in records.
@Suite final class BatchSizeTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-size-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// The smallest windows there are take three bytes.
    @Test func manySmallRecordsAreEnough() async throws {
        let store = try IngestStore(
            directory: directory, gateway: "gateway-1", deadLetterLimit: 1)
        let layout = WindowLayout(shape: .tumbling(size: 10_000_000), aggregates: [.last])
        var commit = Commit(time: Timestamp(microseconds: 9))
        commit.newSeries = [Series(stream: "s", field: "s", labels: [], unit: "")]
        commit.records = RecordSet(
            windows: (0..<500_000).map { index in
                WindowRecord(
                    series: 0, start: Timestamp(microseconds: index * 10_000_000),
                    end: Timestamp(microseconds: (index + 1) * 10_000_000), layout: layout,
                    values: [Number(7)])
            })
        try store.commit(commit)
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        // None is old; of bytes there is not half enough.
        #expect(try await outbox.seal(size: 4 << 20, before: .epoch, now: .latest))
        let first = try #require(try await outbox.batch(after: 0))
        let records = try Batch(bytes: first.bytes).records(limit: 4 << 20)
        #expect((400_000..<410_000).contains(records.windows.count))
        #expect(try await !outbox.seal(size: 4 << 20, before: .epoch, now: .latest))
        #expect(try await outbox.seal(size: 4 << 20, before: .latest, now: .latest))
        let second = try #require(try await outbox.batch(after: first.number))
        let rest = try Batch(bytes: second.bytes).records(limit: 4 << 20)
        #expect(records.windows.count + rest.windows.count == 500_000)
    }

    /// Windows of many values, each of which takes a few bits: the receiver counts numbers, too.
    @Test func manyNumbersAreEnough() async throws {
        let store = try IngestStore(
            directory: directory, gateway: "gateway-1", deadLetterLimit: 1)
        let aggregates = (1...499).map { Aggregate.quantile(UInt16($0)) }
        let layout = WindowLayout(shape: .tumbling(size: 10_000_000), aggregates: aggregates)
        var commit = Commit(time: Timestamp(microseconds: 9))
        commit.newSeries = [Series(stream: "s", field: "s", labels: [], unit: "")]
        commit.records.windows = (0..<9_000).map { index in
            WindowRecord(
                series: 0, start: Timestamp(microseconds: index * 10_000_000),
                end: Timestamp(microseconds: (index + 1) * 10_000_000), layout: layout,
                values: Array(repeating: Number(7), count: 499))
        }
        try store.commit(commit)
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        var counts: [Int] = []
        while try await outbox.seal(size: 4 << 20, before: .latest, now: .latest) {
            let stored = try #require(try await outbox.batch(after: UInt64(counts.count)))
            let records = try Batch(bytes: stored.bytes).records(limit: 16 << 20)
            #expect(records.gaps.isEmpty)
            counts.append(records.windows.count)
        }
        // Blocks of 500,000 numbers, six to a batch.
        #expect(counts == [6_000, 3_000])
        #expect(try await outbox.figures().records == 0)
    }
}
