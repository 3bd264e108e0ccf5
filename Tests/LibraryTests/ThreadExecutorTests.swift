internal import Testing
internal import Threading

@Suite struct ThreadExecutorTests {
    actor Counter {
        private let executor = ThreadExecutor(name: "counter")
        nonisolated var unownedExecutor: UnownedSerialExecutor {
            executor.asUnownedSerialExecutor()
        }
        private(set) var count = 0
        func add() {
            preconditionIsolated()
            count += 1
        }
    }

    @Test func oneAtATime() async {
        let counter = Counter()
        await withDiscardingTaskGroup { group in
            for _ in 0..<1_000 { group.addTask { await counter.add() } }
        }
        #expect(await counter.count == 1_000)
    }
}
