internal import Core
internal import Store
internal import Uplink

/// The outbox as the uplink sees it.
struct OutboxSource: BatchSource {
    let store: OutboxStore
    /// Bytes of records that make a batch.
    let size: Int
    let age: Microseconds

    func next(now: Timestamp) async throws -> OutgoingBatch? {
        if let waiting = try await store.batch(after: 0) { return OutgoingBatch(waiting) }
        guard try await store.seal(size: size, before: now + -age, now: now) else { return nil }
        return try await store.batch(after: 0).map(OutgoingBatch.init)
    }

    func confirm(_ batch: OutgoingBatch) async throws {
        try await store.confirm(batch.number)
    }

    func setAside(_ batch: OutgoingBatch, reason: String, now: Timestamp) async throws {
        try await store.setAside(batch.number, reason: reason, now: now)
    }
}

extension OutgoingBatch {
    fileprivate init(_ stored: StoredBatch) {
        self.init(number: stored.number, sequence: stored.sequence, bytes: stored.bytes)
    }
}
