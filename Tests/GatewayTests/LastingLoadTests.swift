import Core
import Gateway
import Store
import Testing
import Wire

/// There is always more to read: nobody says that all is caught up.
@Suite struct LastingLoadTests {
    private let scene: IngestScene

    init() throws { scene = try IngestScene() }

    @Test func gapsGoOutAMinuteAfterTheLastOnes() async throws {
        let ingest = try scene.start()
        for second in Int64(101)...400 {
            ingest.take(UInt16(second), "tank/1", "rubbish", at: second)
            try ingest.commit(at: IngestScene.time(second))
        }
        let gaps = try await scene.shipped().flatMap(\.gaps).filter { $0.cause == .undecodable }
        // At once, then once a minute.
        #expect(gaps.map(\.count) == [1, 60, 60, 60, 60])
    }

    /// A sensor's silence can't be told from its messages' place in the queue.
    @Test func silenceClosesNothing() async throws {
        let ingest = try scene.start()
        ingest.take(1, "tank/silent", "1", at: 101)
        for second in Int64(101)...400 {
            ingest.take(UInt16(second), "tank/busy", second == 200 ? "rubbish" : "1", at: second)
            try ingest.commit(at: IngestScene.time(second))
        }
        let sets = try await scene.shipped()
        let closed = Set(
            sets.flatMap { set in
                set.windows.map { set.series[Int($0.series)].labels[0].value }
            })
        #expect(closed == ["busy"])
        #expect(sets.flatMap(\.gaps).map(\.count) == [1])
        // Caught up: it counts from here.
        for second in Int64(401)...420 {
            ingest.caughtUp(at: IngestScene.time(second), uptime: second * 1_000_000)
        }
        try ingest.commit(at: IngestScene.time(420))
        let windows = try await scene.shipped().flatMap { set in
            set.windows.filter { set.series[Int($0.series)].labels[0].value == "silent" }
        }
        #expect(windows.map(\.start) == [IngestScene.time(100)])
    }

    /// While caught up, a flush of gaps is no reason to count silence anew.
    @Test func ticksDoItOtherwise() async throws {
        let ingest = try scene.start()
        ingest.caughtUp(at: IngestScene.time(101), uptime: 101_000_000)
        ingest.take(1, "tank/1", "1", at: 101)
        for second in Int64(102)...113 {
            ingest.take(UInt16(second), "tank/2", "rubbish", at: second)
            ingest.caughtUp(at: IngestScene.time(second), uptime: second * 1_000_000)
            try ingest.commit(at: IngestScene.time(second))
        }
        let sets = try await scene.shipped()
        #expect(sets.flatMap(\.gaps).map(\.count) == [1])
        #expect(sets.flatMap(\.windows).map(\.start) == [IngestScene.time(100)])
    }
}
