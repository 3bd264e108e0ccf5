

#if canImport(Glibc)
    internal import Glibc
#endif

/// A serial executor with a thread of its own, for actors that call what blocks (files,
/// SQLite): the cooperative pool never waits for them.
///
/// Lives until the process ends, as do the actors that own one.
///
/// `@unchecked Sendable`: `jobs` is touched between lock and unlock of `mutex` only; the
/// two pointers never change.
package final class ThreadExecutor: SerialExecutor, @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wakeUp = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [UnownedJob] = []

    package init(name: String) {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(wakeUp, nil)
        NamedThread.start(name) { [self] in
            while true { next().runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        pthread_mutex_lock(mutex)
        jobs.append(UnownedJob(job))
        pthread_cond_signal(wakeUp)
        pthread_mutex_unlock(mutex)
    }

    private func next() -> UnownedJob {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty { pthread_cond_wait(wakeUp, mutex) }
        return jobs.removeFirst()
    }
}
