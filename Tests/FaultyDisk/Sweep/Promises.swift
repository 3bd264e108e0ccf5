internal import Core
internal import OpenSSL
internal import Store
internal import Wire

/// What the store has taken upon itself: each commit that returned, each batch that was
/// sealed, each that was confirmed. And what the receiver holds.
struct Promises {
    var epoch: Epoch?
    /// So many of the script's commits are in the store, the first ones.
    private(set) var commits = 0
    private(set) var snapshot: Commit.Snapshot?
    private(set) var snapshotCommit = 0
    private(set) var parts: [Int: [UInt8]] = [:]
    private(set) var known: [JournalEntry] = []
    private(set) var deadLetters = 0
    /// Each batch there ever was, by its sequence.
    private(set) var batches: [UInt64: [UInt8]] = [:]
    var received: Set<UInt64> = []
    /// Gone from the store.
    var confirmed: Set<UInt64> = []
    var refused: Set<UInt64> = []

    mutating func keep(_ commit: Commit) {
        if let snapshot = commit.snapshot {
            self.snapshot = snapshot
            snapshotCommit = commits
            for part in snapshot.parts { parts[part.key] = part.data }
            known = snapshot.known.flatMap { try? JournalBlock.decode($0.encoded()) } ?? []
        }
        deadLetters += commit.deadLetters.count
        commits += 1
    }

    /// - Returns: what is wrong with the batch.
    mutating func note(_ batch: StoredBatch) -> String? {
        if let known = batches[batch.sequence] {
            return known == batch.bytes ? nil : "batch \(batch.sequence) has other bytes"
        }
        guard Int(batch.sequence) == batches.count + 1 else {
            return "batch \(batch.sequence) after \(batches.count)"
        }
        let previous = batches[batch.sequence - 1].map { SHA256Digest(hashing: $0) } ?? .zero
        guard let header = try? Batch(bytes: batch.bytes).header, header.previous == previous,
            header.sequence == batch.sequence, header.epoch == epoch
        else { return "batch \(batch.sequence) does not fit to the one before" }
        batches[batch.sequence] = batch.bytes
        return nil
    }

    /// That are to lie in the store.
    var waiting: Set<UInt64> {
        Set(batches.keys).subtracting(confirmed).subtracting(refused)
    }
}
