package import Core
package import Store
package import Uplink

/// The outbox as the uplink sees it.
package struct OutboxSource: BatchSource {
    private let store: OutboxStore
    /// Bytes of records that make a batch.
    private let size: Int
    private let age: Microseconds
    /// Told whatever the store throws.
    private let onError: @Sendable (any Error) -> Void

    package init(
        store: OutboxStore, size: Int, age: Microseconds,
        onError: @escaping @Sendable (any Error) -> Void
    ) {
        self.store = store
        self.size = size
        self.age = age
        self.onError = onError
    }

    package func next(now: Timestamp) async throws -> OutgoingBatch? {
        try await watched {
            if let waiting = try await store.batch(after: 0) { return OutgoingBatch(waiting) }
            guard try await store.seal(size: size, before: now + -age, now: now) else {
                return nil
            }
            return try await store.batch(after: 0).map(OutgoingBatch.init)
        }
    }

    package func confirm(_ batch: OutgoingBatch) async throws {
        try await watched { try await store.confirm(batch.number) }
    }

    package func setAside(
        _ batch: OutgoingBatch, reason: String, isFork: Bool, now: Timestamp
    ) async throws {
        try await watched {
            try await store.setAside(batch.number, reason: reason, isFork: isFork, now: now)
        }
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
