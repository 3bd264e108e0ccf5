internal import Synchronization

/// Lets a number of requests in at a time, and keeps none waiting.
final class RequestGate: Sendable {
    private let free: Mutex<Int>

    init(places: Int) { free = Mutex(places) }

    /// Whether there is a place; it must be given back with `leave`.
    func enter() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func leave() { free.withLock { $0 += 1 } }
}
