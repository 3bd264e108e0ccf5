import Files
import Foundation
import SQLite
import Testing

@testable import Store

/// What the store asks of the file system, and what becomes of a refusal.
@Suite final class FileTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-files-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(directory)/\(name)"))
    }

    private func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(directory)/\(name)").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Its last commit, which may be a gap record, would be gone with the log.
    @Test func aDraftWhoseLogIsLeftTakesNobodysPlace() throws {
        let lock = try StoreFile.lock(directory: directory)
        let swap = StoreSwap(directory: directory, lock: lock)
        try write("old", to: "tidegate.sqlite")
        try write("new", to: "tidegate.sqlite.new")
        try write("its end", to: "tidegate.sqlite.new-wal")
        #expect(throws: StoreError.self) { try swap.swap(aside: "aside") }
        #expect(text("tidegate.sqlite") == "old")
        try FileManager.default.removeItem(atPath: "\(directory)/tidegate.sqlite.new-wal")
        try swap.swap(aside: "aside")
        #expect(text("tidegate.sqlite") == "new")
        #expect(text("aside") == "old")
    }

    /// SQLite's file system without shared memory keeps none.
    @Test(.timeLimit(.minutes(1))) func withoutAWriteAheadLogThereIsNoStore() throws {
        do {
            _ = try IngestStore(
                directory: directory, gateway: "gateway-1", deadLetterLimit: 1,
                fileSystem: "unix-dotfile")
            Issue.record("went on")
        } catch {
            #expect("\(error)".contains("write-ahead log"))
        }
        let plain = try Connection(path: "\(directory)/plain", fileSystem: "unix-dotfile")
        try plain.transaction { () throws(SQLiteError) in try plain.execute("CREATE TABLE t (n)") }
        #expect(try plain.integer("SELECT count(*) FROM sqlite_schema") == 1)
    }

    /// After a sync that failed the next one says that all is well, whatever is on the disk.
    @Test func foldersOfAFailedSyncAreMadeAnew() throws {
        try FileManager.default.createDirectory(
            atPath: "\(directory)/a", withIntermediateDirectories: true)
        let folders = ["a", "a/b", "a/b/c"].map { "\(directory)/\($0)" }
        var synced: [String] = []
        do {
            try DurableFile.makeFolders(folders) { (path) throws(FileError) in
                synced.append(path)
                if path == folders[1] { throw FileError(path, "sync the folder", number: EIO) }
            }
            Issue.record("went on")
        } catch {
            #expect(error.number == EIO)
        }
        #expect(synced == Array(folders[..<2]))
        #expect(folders.map(DurableFile.exists) == [true, false, false])
        try DurableFile.makeFolders(folders)
        #expect(folders.map(DurableFile.exists) == [true, true, true])
    }
}
