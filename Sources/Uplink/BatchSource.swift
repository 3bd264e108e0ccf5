package import Core

/// Where the batches come from and go back to.
package protocol BatchSource: Sendable {
    /// The oldest batch that is not confirmed; seals one if there is enough for it.
    func next(now: Timestamp) async throws -> OutgoingBatch?
    func confirm(_ batch: OutgoingBatch) async throws
    /// - Parameter isFork: what follows is to begin a new epoch.
    func setAside(
        _ batch: OutgoingBatch, reason: String, isFork: Bool, now: Timestamp
    ) async throws
}
