#if canImport(Glibc)
    internal import Glibc
#endif

/// Counts under a lock, with a condition for those who wait: both of POSIX, since the
/// standard library's `Mutex` has no condition.
///
/// `@unchecked Sendable`: the variables are private and every access to them is inside
/// `locked`; the two pointers never change, and POSIX lets any thread use what they point at.
final class PublisherProgress: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var outstanding = 0
    private var outcome = PublisherOutcome()
    private var answer: Result<Void, PublisherError>?
    private var lastFailure: String?

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A clock that nobody sets.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    var current: PublisherOutcome { locked { outcome } }
    var failure: String? { locked { lastFailure } }

    /// A message is on its way. Waits while `limit` others are.
    func add(limit: Int) {
        locked {
            while outstanding >= limit { pthread_cond_wait(changed, mutex) }
            outstanding += 1
        }
    }

    /// The message that was last added is not on its way.
    func takeBack() { locked { outstanding -= 1 } }

    /// - Parameter reason: nil is a yes.
    func acknowledged(unheard: Bool, refusedBecause reason: String?) {
        locked {
            outstanding -= 1
            switch reason {
            case .none: outcome.acknowledged += 1
            case .some(let reason):
                outcome.refused += 1
                outcome.refusal = outcome.refusal ?? reason
            }
            if unheard { outcome.unheard += 1 }
        }
    }

    /// The broker's answer to CONNECT; only the first matters.
    func answered(_ result: Result<Void, PublisherError>) {
        locked { if answer == nil { answer = result } }
    }

    func failed(_ text: String) { locked { lastFailure = text } }

    func waitForAnswer() throws(PublisherError) {
        let result: Result<Void, PublisherError>? = locked {
            while answer == nil { pthread_cond_wait(changed, mutex) }
            return answer
        }
        try result?.get()
    }

    /// Waits until nothing is on its way, for as long as something arrives in each span of
    /// `patience` seconds (nil: for ever). False when patience ended.
    func waitUntilDrained(patience: Int?) -> Bool {
        locked {
            var (left, deadline) = (outstanding, Self.deadline(patience))
            while outstanding > 0 {
                if outstanding < left { (left, deadline) = (outstanding, Self.deadline(patience)) }
                if pthread_cond_timedwait(changed, mutex, &deadline) == ETIMEDOUT { return false }
            }
            return true
        }
    }

    private static func deadline(_ patience: Int?) -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        time.tv_sec += patience ?? 1_000_000_000
        return time
    }

    private func locked<T>(_ body: () -> T) -> T {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return body()
    }
}
