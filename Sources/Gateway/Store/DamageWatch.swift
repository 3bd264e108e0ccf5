internal import ServiceLifecycle
internal import Store
internal import Synchronization
internal import Threading

/// Ends the gateway once its store turns out damaged; it starts again with a rescue.
final class DamageWatch: Service {
    /// What ends the gateway.
    struct Found: Error {
        let damage: Damage
    }

    private let found = Completion()
    private let isFound = Mutex(false)

    /// Looks at an error of the store, whoever met it; the first damage counts.
    func look(at error: any Error) {
        guard let damage = (error as? StoreError)?.damage else { return }
        let isFirst = isFound.withLock { isFound in
            defer { isFound = true }
            return !isFound
        }
        if isFirst { found.end(.failure(Found(damage: damage))) }
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
