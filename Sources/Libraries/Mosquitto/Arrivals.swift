internal import Synchronization

/// Counts messages in one thread, for another that waits.
final class Arrivals: Sendable {
    /// Posted for the broker's answers.
    let step = Semaphore()
    private let reached = Semaphore()
    private let total = Atomic(0)
    private let awaited = Atomic(Int.max)

    static func from(_ pointer: UnsafeMutableRawPointer?) -> Arrivals? {
        pointer.map { Unmanaged<Arrivals>.fromOpaque($0).takeUnretainedValue() }
    }

    var received: Int { total.load(ordering: .relaxed) }

    func count() {
        let total = total.add(1, ordering: .sequentiallyConsistent).newValue
        if total == awaited.load(ordering: .sequentiallyConsistent) { reached.post() }
    }

    func wait(for messages: Int) {
        awaited.store(messages, ordering: .sequentiallyConsistent)
        if total.load(ordering: .sequentiallyConsistent) < messages { reached.wait() }
    }
}
