import FaultyDisk
import SQLite
import Testing

/// A failed fsync is never taken for a success later: after it Linux shows what is not on the
/// medium, and says that it is.
@Suite struct FailedSyncTests {
    private static let path = "/d/db"

    private func open(_ disk: FaultyDisk) throws(SQLiteError) -> Connection {
        let connection = try Connection(path: Self.path, fileSystem: disk.name)
        try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try connection.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, data BLOB)")
        return connection
    }

    private func insert(
        _ numbers: ClosedRange<Int64>, size: Int = 10, _ connection: Connection
    ) throws(SQLiteError) {
        try connection.transaction { () throws(SQLiteError) in
            for number in numbers {
                try connection.run(
                    "INSERT OR REPLACE INTO t VALUES (?, ?)", .integer(number),
                    .blob([UInt8](repeating: UInt8(number & 255), count: size)))
            }
        }
    }

    private func numbers(_ connection: Connection) throws(SQLiteError) -> [Int64] {
        var numbers: [Int64] = []
        try connection.each("SELECT n FROM t ORDER BY n") { numbers.append($0.integer(0)) }
        return numbers
    }

    /// The power goes, and nothing unsynced is left.
    private func afterThePowerCut(_ disk: FaultyDisk) throws(SQLiteError) -> [Int64] {
        disk.restart(.lost)
        let connection = try open(disk)
        let integrity = try connection.first("PRAGMA integrity_check") { $0.text(0) }
        #expect(integrity == "ok")
        return try numbers(connection)
    }

    private func failNextSync(_ disk: FaultyDisk) { disk.fail(.sync, at: disk.syncs + 1) }

    @Test func theNextProcessDoesNotTakeItForCommitted() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            let connection = try open(disk)
            try insert(1...1, connection)
            failNextSync(disk)
            #expect(throws: SQLiteError.self) { try insert(2...2, connection) }
            #expect(try numbers(connection) == [1])
            disk.endProcess()
        }
        let seen = try numbers(Connection(path: Self.path, fileSystem: disk.name))
        #expect(seen == [1])
        #expect(try afterThePowerCut(disk) == seen)
    }

    /// The checkpoint syncs the log, of which only the padding after the last commit is left to
    /// write. All later frames rest on its checksum.
    @Test func aCommitAfterAFailedCheckpointStands() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            let connection = try open(disk)
            for number in Int64(1)...10 {
                try insert(number...number, connection)
                failNextSync(disk)
                #expect(throws: SQLiteError.self) {
                    try connection.execute("PRAGMA wal_checkpoint")
                }
            }
            try insert(11...11, connection)
        }
        #expect(try afterThePowerCut(disk) == Array(1...11))
    }

    /// SQLite's own automatic checkpoint would say nothing.
    @Test func aCommitAfterAFailedAutomaticCheckpointStands() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            let connection = try open(disk)
            // 1,001 pages: with the commit's own sync the checkpoint's come.
            disk.fail(.sync, at: disk.syncs + 2)
            try insert(1...1, size: 4_096 * 1_000, connection)
            try insert(2...2, connection)
        }
        #expect(try afterThePowerCut(disk) == [1, 2])
    }

    /// A checkpoint that leaves frames out does not sync the database file; if a later one's
    /// sync fails, the pages of the first are taken for written.
    @Test func pagesOfAnUnfinishedCheckpointAreWrittenAgain() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            let connection = try open(disk)
            try insert(1...1, size: 50_000, connection)
            var visitor: Connection? = try Connection(
                path: Self.path, readOnly: true, fileSystem: disk.name)
            try visitor?.execute("BEGIN")
            _ = try visitor?.integer("SELECT count(*) FROM t")
            try insert(2...2, size: 50_000, connection)
            try connection.execute("PRAGMA wal_checkpoint")
            visitor = nil
            // The log's, then the file's.
            disk.fail(.sync, at: disk.syncs + 2)
            #expect(throws: SQLiteError.self) { try connection.execute("PRAGMA wal_checkpoint") }
            try connection.execute("PRAGMA wal_checkpoint")
            try insert(3...3, connection)
        }
        #expect(try afterThePowerCut(disk) == [1, 2, 3])
    }

    /// Frames that the page cache lost again are no longer written anywhere.
    @Test func whatCanNoLongerBeReadBackStopsTheWriting() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            let connection = try open(disk)
            try insert(1...1, connection)
            failNextSync(disk)
            #expect(throws: SQLiteError.self) { try connection.execute("PRAGMA wal_checkpoint") }
            disk.evict()
            do {
                try insert(2...2, connection)
                Issue.record("went on")
            } catch {
                #expect(error.description.contains("start the program anew"))
                #expect(!error.isCorrupt)
            }
        }
        let connection = try open(disk)
        try insert(3...3, connection)
        #expect(try numbers(connection) == [1, 3])
        #expect(try afterThePowerCut(disk) == [1, 3])
    }

    /// SQLite does not look at how the sync of the folder ends, in which the log's name is.
    @Test func theLogIsFoundAgain() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            do { try insert(1...1, open(disk)) }
            // Closed in order: the log is gone, and is made anew.
            let connection = try open(disk)
            for sync in 1...8 {
                disk.fail(.sync, at: disk.syncs + sync)
                if (try? insert(2...2, connection)) != nil { break }
            }
            try insert(3...3, connection)
        }
        #expect(try afterThePowerCut(disk).contains(3))
    }

    @Test func nobodyTakesPowersafeOverwriteForGranted() throws {
        #expect(try !open(FaultyDisk(seed: 1)).assumesPowersafeOverwrite)
    }
}
