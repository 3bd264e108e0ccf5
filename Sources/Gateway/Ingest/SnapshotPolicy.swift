/// When to write the core's state: once the journal since then outweighs it, so that both
/// what is written and what must be replayed at a start stay bounded by one factor.
package struct SnapshotPolicy: Hashable, Sendable {
    /// Bytes of journal for a byte of state.
    private let factor: Int
    /// Bytes of journal that are replayed without thinking.
    private let minimum: Int
    /// Bytes that take as long to replay as a commit with next to nothing in it.
    private static let commitCost = 1_024
    private var journal = 0
    private var lastSnapshot = 0

    package init(minimum: Int = 4_194_304, factor: Int = 8) {
        self.minimum = minimum
        self.factor = factor
    }

    /// - Parameter bytes: 0 where the commit had no journal.
    mutating func committed(journal bytes: Int) {
        if bytes > 0 { journal += bytes + Self.commitCost }
    }

    mutating func snapshotTaken(bytes: Int) {
        lastSnapshot = max(bytes, lastSnapshot)
        journal = 0
    }

    /// Whether there is anything to replay.
    var hasJournal: Bool { journal > 0 }

    var isDue: Bool { journal >= max(minimum, factor * lastSnapshot) }
}
