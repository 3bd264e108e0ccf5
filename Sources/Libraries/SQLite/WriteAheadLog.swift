internal import Synchronization

/// What this process knows of a database's write-ahead log: whether a commit behind what is
/// in it would stand. Shared by all connections to the database.
///
/// After a failed fsync Linux takes the pages for clean: they can be read, they are not on
/// the medium, and the next fsync succeeds without writing them. SQLite knows nothing of
/// that. So a failed sync is noted here, and before anything else is written the log is
/// begun anew (`Connection.renewLog`).
final class WriteAheadLog: Sendable {
    /// In doubt from the start: who wrote it before, and how that ended, is unknown.
    private let doubts = Atomic(1)
    private let settled = Atomic(0)
    private static let known = Mutex<[String: Weak]>([:])

    private struct Weak {
        weak var log: WriteAheadLog?
    }

    /// - Parameters:
    ///   - key: the same for all connections to the same file.
    ///   - first: called where no other connection of this process is open.
    static func of(_ key: String, first: () -> Void) -> WriteAheadLog {
        known.withLock { known in
            if let log = known[key]?.log { return log }
            first()
            known = known.filter { $0.value.log != nil }
            let log = WriteAheadLog()
            known[key] = Weak(log: log)
            return log
        }
    }

    /// One checkpoint at a time, and only of a log that is not yet in the file as a whole: SQLite
    /// before 3.51.3 (3.50.7, 3.44.6) takes the length of a log that another connection begins
    /// anew meanwhile for that of the new one, whose commits are then passed over ("the
    /// WAL-reset bug"). A log is begun anew only once all of it is in the file.
    let checkpoints = Mutex(())

    var isDoubtful: Bool {
        settled.load(ordering: .acquiring) < doubts.load(ordering: .acquiring)
    }

    /// Nothing is known but that somebody may have been here before.
    var isUntried: Bool {
        settled.load(ordering: .acquiring) == 0 && doubts.load(ordering: .acquiring) == 1
    }

    func trust() { _ = settled.max(1, ordering: .acquiringAndReleasing) }

    func doubt() { doubts.add(1, ordering: .acquiringAndReleasing) }

    /// - Parameter mend: ends the doubt; one that comes up meanwhile stays.
    func settle(_ mend: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        let seen = doubts.load(ordering: .acquiring)
        try mend()
        _ = settled.max(seen, ordering: .acquiringAndReleasing)
    }
}
