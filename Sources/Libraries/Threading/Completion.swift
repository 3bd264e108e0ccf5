internal import Synchronization

/// The end of something that runs on a thread of its own, for one task to wait for.
/// Cancelling the task does not end the wait: what runs must be told to stop.
package final class Completion: Sendable {
    private enum State {
        case running
        case awaited(CheckedContinuation<Void, any Error>)
        case ended(Result<Void, any Error>)
    }

    private let state = Mutex(State.running)

    package init() {}

    /// Once.
    package func end(_ result: Result<Void, any Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            defer { state = .ended(result) }
            if case .awaited(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume(with: result)
    }

    /// Returns, or throws, once it has ended.
    package func wait() async throws {
        try await withCheckedThrowingContinuation { continuation in
            let ended = state.withLock { state -> Result<Void, any Error>? in
                if case .ended(let result) = state { return result }
                state = .awaited(continuation)
                return nil
            }
            if let ended { continuation.resume(with: ended) }
        }
    }
}
