internal import Dispatch
internal import Foundation
internal import Synchronization

/// Runs an actor on one thread of its own, so that work which blocks (files, SQLite)
/// holds up nobody else.
package final class ThreadExecutor: SerialExecutor {
    private let mailbox = Mailbox()

    package init(name: String) {
        let mailbox = mailbox
        let thread = Thread { while let work = mailbox.next() { work() } }
        thread.name = name
        thread.start()
    }

    deinit { mailbox.put(nil) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Holds the executor until the job has run.
        mailbox.put { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}

/// Work for the thread, in order; `nil` ends it.
private final class Mailbox: Sendable {
    typealias Work = @Sendable () -> Void

    private let waiting = Mutex<[Work?]>([])
    private let filled = DispatchSemaphore(value: 0)

    func put(_ work: Work?) {
        waiting.withLock { $0.append(work) }
        filled.signal()
    }

    func next() -> Work? {
        filled.wait()
        return waiting.withLock { $0.removeFirst() }
    }
}
