/// What the receiver says to a batch (docs/wire-format.md, "Answers").
package enum BatchAnswer: Hashable, Sendable {
    /// It holds the batch durably. `completeThrough`: it holds all batches of the epoch up
    /// to this one.
    case stored(duplicate: Bool, completeThrough: UInt64)
    /// Come again, after so many seconds where it says so.
    case later(after: Double?, reason: String)
    /// It will never take this batch: malformed or too large.
    case refused(reason: String)
    /// It will never take this batch: what it holds of the epoch is of another history.
    case forked(reason: String)
    /// It does not take batches from us at all.
    case unauthorized(reason: String)
}
