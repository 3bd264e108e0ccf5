internal import ServiceLifecycle
internal import Store
internal import Synchronization
internal import Threading

/// Ends the gateway once this process can't go on with its store: damaged, it is rescued by the
/// next start.
final class DamageWatch: Service {
    /// What ends the gateway.
    struct Found: Error {
        /// `nil` where there is nothing to rescue, and a new process goes on with what the disk
        /// has.
        let damage: Damage?

        init(damage: Damage?) { self.damage = damage }

        /// `nil` for what the gateway lives with, or can't help.
        init?(_ error: any Error) {
            if let found = error as? Found {
                self = found
                return
            }
            guard let error = error as? StoreError, error.damage != nil || error.needsNewProcess
            else { return nil }
            damage = error.damage
        }
    }

    private let found = Completion()
    private let isFound = Mutex(false)

    /// Looks at an error of the store, whoever met it; the first that counts ends the gateway.
    func look(at error: any Error) {
        guard let reason = Found(error) else { return }
        let isFirst = isFound.withLock { isFound in
            defer { isFound = true }
            return !isFound
        }
        if isFirst { found.end(.failure(reason)) }
    }

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withTaskCancellationHandler {
                try await found.wait()
            } onCancel: {
                self.end()
            }
        } onGracefulShutdown: {
            self.end()
        }
    }

    private func end() {
        let isFirst = isFound.withLock { isFound in
            defer { isFound = true }
            return !isFound
        }
        if isFirst { found.end(.success(())) }
    }
}
