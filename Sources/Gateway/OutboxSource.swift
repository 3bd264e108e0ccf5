internal import Core
internal import Store
internal import Uplink

/// The outbox as the uplink sees it.
struct OutboxSource: BatchSource {
    let store: OutboxStore
    /// Bytes of records that make a batch.
    let size: Int
    let age: Microseconds
    /// Told whatever the store throws.
    let onError: @Sendable (any Error) -> Void

    func next(now: Timestamp) async throws -> OutgoingBatch? {
        try await watched {
            if let waiting = try await store.batch(after: 0) { return OutgoingBatch(waiting) }
            guard try await store.seal(size: size, before: now + -age, now: now) else {
                return nil
            }
            return try await store.batch(after: 0).map(OutgoingBatch.init)
        }
    }

    func confirm(_ batch: OutgoingBatch) async throws {
        try await watched { try await store.confirm(batch.number) }
    }

    func setAside(_ batch: OutgoingBatch, reason: String, now: Timestamp) async throws {
        try await watched { try await store.setAside(batch.number, reason: reason, now: now) }
    }

    private func watched<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch {
            onError(error)
            throw error
        }
    }
}

extension OutgoingBatch {
    fileprivate init(_ stored: StoredBatch) {
        self.init(number: stored.number, sequence: stored.sequence, bytes: stored.bytes)
    }
}
