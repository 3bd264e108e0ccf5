/// What came of a batch.
package enum Outcome: Hashable, Sendable {
    /// Held durably now, and all batches of its epoch up to `completeThrough`.
    case stored(completeThrough: UInt64)
    /// Was held already.
    case duplicate(completeThrough: UInt64)
    /// Not taken, and never will be.
    case faulty(Inspection.Fault)
    case refused(Refusal)
    /// Not taken now.
    case failed(StorageError)
}
