import Foundation
import Rig
import SQLite
import Testing

/// The kernel itself: a file system on a device that has no room for what is written to it. An
/// fsync fails, the next one succeeds, and what it did not write can be read all the while.
@Suite struct FailedSyncOnLinuxTests {
    /// ext4 without a journal (which would stop all writing), on a sparse file in memory.
    private struct Device {
        let workspace: Workspace
        let memory: String
        let mounted: String

        /// `nil` where this user may not mount, or the tools are missing.
        init?() throws {
            workspace = try Workspace(name: "device")
            memory = try workspace.directory("memory")
            mounted = try workspace.directory("mounted")
            do {
                try Command.run("/bin/mount", ["-t", "tmpfs", "-o", "size=80m", "tmpfs", memory])
                try Command.run("/usr/bin/truncate", ["-s", "60M", image])
                let features = ["-O", "^has_journal", "-E", "nodiscard,lazy_itable_init=0"]
                try Command.run(
                    Workspace.systemProgram("mkfs.ext4"), ["-q"] + features + [image])
                try mount()
            } catch {
                print("skipped: a device that fails (\(error))")
                remove()
                return nil
            }
        }

        private var image: String { "\(memory)/image" }
        private var filler: String { "\(memory)/filler" }
        var file: String { "\(mounted)/db" }

        func mount() throws { try Command.run("/bin/mount", ["-o", "loop", image, mounted]) }

        func unmount() throws { try Command.run("/bin/umount", [mounted]) }

        /// From now on the device writes only where it has written before.
        func fill() throws {
            try Data().write(to: URL(filePath: filler))
            let handle = try #require(FileHandle(forWritingAtPath: filler))
            defer { try? handle.close() }
            while (try? handle.write(contentsOf: Data(count: 4_096))) != nil {}
        }

        func makeRoom() throws { try FileManager.default.removeItem(atPath: filler) }

        func remove() {
            for path in [mounted, memory] { _ = try? Command.run("/bin/umount", ["-l", path]) }
            workspace.remove()
        }
    }

    private func insert(_ number: Int64, _ connection: Connection) throws(SQLiteError) {
        try connection.transaction { () throws(SQLiteError) in
            try connection.run(
                "INSERT INTO t VALUES (?, ?)", .integer(number),
                .blob([UInt8](repeating: UInt8(number), count: 100_000)))
        }
    }

    private func numbers(_ connection: Connection) throws(SQLiteError) -> [Int64] {
        var numbers: [Int64] = []
        try connection.each("SELECT n FROM t ORDER BY n") { numbers.append($0.integer(0)) }
        return numbers
    }

    @Test func whatCouldNotBeSyncedIsNotTakenForCommitted() throws {
        guard let device = try Device() else { return }
        defer { device.remove() }
        do {
            let connection = try Connection(path: device.file)
            try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            try connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, data BLOB)")
            try insert(1, connection)
            try device.fill()
            do {
                try insert(2, connection)
                Issue.record("the device took it")
            } catch {
                // SQLITE_IOERR_FSYNC: it was written, and not synced.
                #expect(error.code == 1_034)
            }
        }
        do {
            let connection = try Connection(path: device.file)
            #expect(try numbers(connection) == [1])
            try device.makeRoom()
            try insert(3, connection)
            #expect(try numbers(connection) == [1, 3])
        }
        // What the page cache alone holds goes with it.
        try device.unmount()
        try device.mount()
        do {
            let connection = try Connection(path: device.file)
            #expect(try numbers(connection) == [1, 3])
            #expect(try connection.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
        }
        try device.unmount()
    }

    /// A file's name is part of a URI.
    @Test(arguments: ["a b", "50%", "a?psow=1", "a#b", "ä%20+&=;", "x:y"])
    func anyNameMayBeOpened(name: String) throws {
        let workspace = try Workspace(name: "names")
        defer { workspace.remove() }
        let path = workspace.path(name)
        do {
            let connection = try Connection(path: path)
            #expect(!connection.assumesPowersafeOverwrite)
            try connection.execute("CREATE TABLE t (n)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path) == [name])
        #expect(try Connection(path: path, readOnly: true).integer("SELECT count(*) FROM t") == 0)
    }
}
