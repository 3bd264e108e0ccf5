import FaultyDisk
import SQLite
import Testing

/// The disk that the other tests rest on.
@Suite struct FaultyDiskTests {
    private func open(_ disk: FaultyDisk) throws(SQLiteError) -> Connection {
        let connection = try Connection(path: "/d/db", fileSystem: disk.name)
        try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        return connection
    }

    private func table(_ disk: FaultyDisk) throws(SQLiteError) -> Connection {
        let connection = try open(disk)
        try connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, data BLOB)")
        return connection
    }

    private func count(_ connection: Connection) throws(SQLiteError) -> Int64 {
        try connection.integer("SELECT count(*) FROM t")
    }

    @Test func twoConnectionsShareAWriteAheadLog() throws {
        let disk = FaultyDisk(seed: 1)
        let first = try table(disk)
        let second = try open(disk)
        for number in 1...500 {
            let connection = number.isMultiple(of: 2) ? first : second
            try connection.run(
                "INSERT INTO t VALUES (?, ?)", .integer(Int64(number)),
                .blob([UInt8](repeating: UInt8(number & 255), count: 5_000)))
        }
        #expect(try count(first) == 500)
        #expect(try count(second) == 500)
        #expect(try first.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
        try #require(disk.size(of: "/d/db-wal") != nil)
        withExtendedLifetime(disk) {}
    }

    @Test func whatWasNotSyncedIsLost() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            let connection = try table(disk)
            try connection.run("INSERT INTO t VALUES (1, NULL)")
            try connection.execute("PRAGMA synchronous = OFF")
            try connection.run("INSERT INTO t VALUES (2, NULL)")
            disk.cutPower()
            #expect(throws: SQLiteError.self) { try count(connection) }
        }
        #expect(throws: SQLiteError.self) { try open(disk) }
        disk.restart(.lost)
        #expect(try count(open(disk)) == 1)
    }

    @Test func aProcessThatDiesLeavesWhatItWrote() throws {
        let disk = FaultyDisk(seed: 1)
        let connection = try table(disk)
        try connection.execute("PRAGMA synchronous = OFF")
        try connection.run("INSERT INTO t VALUES (1, NULL)")
        disk.endProcess()
        #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t VALUES (2, NULL)") }
        #expect(try count(open(disk)) == 1)
    }

    @Test func theNthOperationFails() throws {
        let disk = FaultyDisk(seed: 1)
        let connection = try table(disk)
        for operation in [FaultyDisk.Operation.write, .sync] {
            disk.fail(operation, at: disk.count(of: operation) + 1)
            #expect(throws: SQLiteError.self) {
                try connection.run("INSERT INTO t VALUES (1, NULL)")
            }
            #expect(try count(connection) == 0)
        }
        disk.fill(at: disk.writes + 1)
        do {
            try connection.run("INSERT INTO t VALUES (1, NULL)")
            Issue.record("a full disk took it")
        } catch {
            #expect(error.isFull)
        }
        disk.heal()
        try connection.run("INSERT INTO t VALUES (1, NULL)")
        #expect(try count(connection) == 1)
    }

    @Test func aNameIsThereOnceItsFolderWasSynced() throws {
        let disk = FaultyDisk(seed: 1)
        do {
            let connection = try Connection(path: "/d/db", fileSystem: disk.name)
            try connection.execute("PRAGMA synchronous = OFF; CREATE TABLE t (n)")
        }
        #expect(disk.size(of: "/d/db") ?? 0 > 0)
        disk.restart(.lost)
        #expect(disk.size(of: "/d/db") == nil)
    }
}
