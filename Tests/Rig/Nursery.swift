internal import Foundation
internal import Synchronization

/// The thread that starts all child processes, and never ends.
///
/// `setpriv --pdeathsig` has the kernel kill a child when the *thread* that started it ends:
/// started from a pool's thread, a child would die with it at any time.
final class Nursery: Sendable {
    static let shared = Nursery()

    private let work = Mutex<[@Sendable () -> Void]>([])
    private let arrived = DispatchSemaphore(value: 0)

    private init() {
        Thread { [self] in
            while true {
                arrived.wait()
                work.withLock { $0.removeFirst() }()
            }
        }.start()
    }

    /// Runs it there and waits for it.
    func run(_ body: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        work.withLock { waiting in
            waiting.append {
                body()
                done.signal()
            }
        }
        arrived.signal()
        done.wait()
    }
}
