#if canImport(Glibc)
    internal import Glibc
#endif

/// Threads of the operating system, for what blocks.
package enum NamedThread {
    /// - Parameter name: shown by `top -H`; cut to 15 bytes.
    package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(name: name, body: body))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { argument in
            let work = Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue()
            NamedThread.setName(work.name)
            work.body()
            return nil
        }, work.toOpaque())
        precondition(code == 0, "no thread to be had: \(String(cString: strerror(code)))")
        pthread_detach(thread)
    }

    /// Runs what blocks on a thread of its own, while the caller's task is suspended.
    package static func run<T: Sendable>(
        _ name: String, _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            start(name) { continuation.resume(with: Result { try body() }) }
        }
    }

    /// `pthread_setname_np` is hidden from Swift (_GNU_SOURCE); this is what it does.
    private static func setName(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY)
        guard file >= 0 else { return }
        defer { close(file) }
        let short = Array(name.utf8.prefix(15))
        _ = write(file, short, short.count)
    }

    private final class Work: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
