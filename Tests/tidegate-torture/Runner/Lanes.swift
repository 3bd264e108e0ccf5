internal import Foundation
internal import Synchronization

/// Work that mostly waits, on threads of its own.
enum Lanes {
    /// Blocks until all is done; begins in order.
    static func run<Item: Sendable, Result: Sendable>(
        _ count: Int, _ items: [Item], _ body: @escaping @Sendable (Item) -> Result
    ) -> [Result] {
        let work = Work<Item, Result>(items)
        for _ in 0..<count {
            Thread {
                while let item = work.next() { work.finish(body(item)) }
                work.ended.signal()
            }.start()
        }
        for _ in 0..<count { work.ended.wait() }
        return work.results
    }

    private final class Work<Item: Sendable, Result: Sendable>: Sendable {
        let ended = DispatchSemaphore(value: 0)
        private let state: Mutex<(waiting: [Item], results: [Result])>

        init(_ items: [Item]) { state = Mutex((items, [])) }

        func next() -> Item? {
            state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        }
        func finish(_ result: Result) { state.withLock { $0.results.append(result) } }
        var results: [Result] { state.withLock(\.results) }
    }
}
