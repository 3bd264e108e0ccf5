internal import Console
internal import ServiceLifecycle
internal import Store

/// Looks every second at what waits, for the board.
struct OutboxWatch: Service {
    let store: OutboxStore
    let board: StatusBoard
    /// Told whatever the store throws.
    let onError: @Sendable (any Error) -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    func look() async {
        let figures: OutboxFigures
        do {
            figures = try await store.figures()
        } catch {
            onError(error)
            return
        }
        board.update { $0.take(figures) }
    }
}
