import Foundation
import Rig
import SQLite
import Testing

/// The kernel itself, with a device that takes no more: an fsync fails, the next one succeeds,
/// and what was not written can be read all the while.
@Suite struct FailedSyncOnLinuxTests {
    /// ext4 on a compressed disk in memory (zram) of its own. Without a journal, whose
    /// failure would stop all writing at once.
    private struct Device {
        private let workspace: Workspace
        private let number: String
        private let mounted: String

        private static let control = "/sys/class/zram-control"

        /// `nil` where this user may not make one.
        init?() throws {
            let added = try? String(contentsOfFile: "\(Self.control)/hot_add", encoding: .utf8)
            guard let number = added?.trimmingCharacters(in: .whitespacesAndNewlines) else {
                print("skipped: a device that fails, since this user may not make one")
                return nil
            }
            self.number = number
            workspace = try Workspace(name: "device")
            mounted = try workspace.directory("mounted")
            do {
                try set("disksize", "64M")
                let features = ["-O", "^has_journal", "-E", "nodiscard,lazy_itable_init=0"]
                try Command.run(
                    Workspace.systemProgram("mkfs.ext4"), ["-q"] + features + [device])
                try mount()
            } catch {
                print("skipped: a device that fails (\(error))")
                remove()
                return nil
            }
        }

        private var device: String { "/dev/zram\(number)" }
        var file: String { "\(mounted)/db" }

        private func set(_ name: String, _ value: String) throws {
            try Data(value.utf8).write(to: URL(filePath: "/sys/block/zram\(number)/\(name)"))
        }

        func mount() throws { try Command.run("/bin/mount", [device, mounted]) }

        func unmount() throws { try Command.run("/bin/umount", [mounted]) }

        /// From now on each write of something new fails.
        func fail() throws { try set("mem_limit", "4K") }

        func heal() throws { try set("mem_limit", "0") }

        func remove() {
            _ = try? Command.run("/bin/umount", [mounted])
            try? Data(number.utf8).write(to: URL(filePath: "\(Self.control)/hot_remove"))
            workspace.remove()
        }
    }

    private func insert(_ number: Int64, _ connection: Connection) throws(SQLiteError) {
        try connection.transaction { () throws(SQLiteError) in
            try connection.run(
                "INSERT INTO t VALUES (?, ?)", .integer(number),
                .blob((0..<100_000).map { _ in UInt8.random(in: 0...255) }))
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
            try device.fail()
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
            try device.heal()
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
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path) == [name])
        #expect(try Connection(path: path, readOnly: true).integer("SELECT count(*) FROM t") == 0)
    }
}
