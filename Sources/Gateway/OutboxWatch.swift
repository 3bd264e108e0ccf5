internal import Console
internal import ServiceLifecycle
internal import Store

/// Looks every second at what waits, for the board.
struct OutboxWatch: Service {
    let store: OutboxStore
    let board: StatusBoard

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    func look() async {
        guard let figures = try? await store.figures() else { return }
        board.update { status in
            status.outbox.records = figures.records
            status.outbox.batches = figures.batches
            status.outbox.batchRecords = figures.batchRecords
            status.store.fileBytes = figures.fileBytes
            status.store.deadLetters = figures.deadLetters
            status.store.setAside = figures.setAside
        }
    }
}
