#if canImport(Glibc)
    internal import Glibc
#endif

/// `@unchecked Sendable`: a POSIX semaphore is made to be used from any thread, and its
/// address never changes.
final class Semaphore: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func post() { sem_post(semaphore) }
    // A signal may interrupt the wait.
    func wait() { while sem_wait(semaphore) != 0 {} }
}
