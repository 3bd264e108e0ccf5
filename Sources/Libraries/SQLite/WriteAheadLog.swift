internal import Synchronization

/// What this process knows of a database's write-ahead log: whether all that can be read from
/// it is on the medium. Shared by all connections to the database.
///
/// After a failed fsync Linux takes the pages for clean: they can be read, they are not on
/// the medium, and the next fsync succeeds without writing them (https://lwn.net/Articles/752063).
/// SQLite knows nothing of that. So whoever met such a failure says so here, and nothing
/// is read or written before the log was written once more.
final class WriteAheadLog: Sendable {
    /// A process that was here before may have met a failure: doubtful from the start.
    private let doubts = Atomic(1)
    private let settled = Atomic(0)
    private static let known = Mutex<[String: Weak]>([:])

    private struct Weak {
        weak var log: WriteAheadLog?
    }

    /// - Parameter key: the same for all connections to the same file.
    static func of(_ key: String) -> WriteAheadLog {
        known.withLock { known in
            if let log = known[key]?.log { return log }
            known = known.filter { $0.value.log != nil }
            let log = WriteAheadLog()
            known[key] = Weak(log: log)
            return log
        }
    }

    var isDoubtful: Bool {
        settled.load(ordering: .acquiring) < doubts.load(ordering: .acquiring)
    }

    func doubt() { doubts.add(1, ordering: .acquiringAndReleasing) }

    /// - Parameter mend: writes the log once more; a doubt that comes up meanwhile stays.
    func settle(_ mend: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        let seen = doubts.load(ordering: .acquiring)
        try mend()
        _ = settled.max(seen, ordering: .acquiringAndReleasing)
    }
}
