internal import Core
internal import Synchronization

/// Where publications are left by any thread, and picked up by the one that publishes.
final class PublisherDesk: Sendable {
    private struct State {
        var queue: PublicationQueue
        var figures = LocalPublisherFigures()
        /// Messages lost that nobody has asked about yet.
        var unreported = 0
        /// Whether the thread knows, or is about to, that there is something.
        var isCalled = false
        var isClosed = false

        mutating func lose(_ count: Int) {
            figures.dropped += count
            unreported += count
        }
    }

    let wakeUp = WakeUp()
    private let state: Mutex<State>

    init(limits: PublicationQueue.Limits) {
        state = Mutex(State(queue: PublicationQueue(limits: limits)))
    }

    func leave(_ publications: some Collection<Publication>) {
        guard !publications.isEmpty else { return }
        let mustCall = state.withLock { state in
            if state.isClosed {
                state.lose(publications.count)
                return false
            }
            for publication in publications { state.lose(state.queue.add(publication)) }
            defer { state.isCalled = true }
            return !state.isCalled
        }
        // Once, however many come before the thread has looked.
        if mustCall { wakeUp.give() }
    }

    /// - Parameter limit: at most so many.
    func pickUp(_ limit: Int) -> [Publication] {
        state.withLock { state in
            // Before anyone can call again; a call that is still on its way wakes for nothing.
            if state.isCalled { wakeUp.clear() }
            state.isCalled = false
            var publications: [Publication] = []
            while publications.count < limit, let next = state.queue.takeFirst() {
                publications.append(next)
            }
            return publications
        }
    }

    /// What is queued is lost, and what comes from now on.
    func close(inFlight: Int) {
        state.withLock { state in
            state.isClosed = true
            state.lose(state.queue.count + inFlight)
            state.queue.removeAll()
            state.figures.inFlight = 0
            state.figures.isConnected = false
        }
    }

    var isEmpty: Bool { state.withLock { $0.queue.isEmpty } }

    var figures: LocalPublisherFigures {
        state.withLock { state in
            var figures = state.figures
            figures.queued = state.queue.count
            return figures
        }
    }

    func note(_ change: (inout LocalPublisherFigures) -> Void) {
        state.withLock { change(&$0.figures) }
    }

    func refused(_ trouble: String) {
        state.withLock { state in
            state.figures.refused += 1
            state.figures.trouble = trouble
            state.unreported += 1
        }
    }

    func takeLost() -> Int {
        state.withLock { state in
            defer { state.unreported = 0 }
            return state.unreported
        }
    }
}
