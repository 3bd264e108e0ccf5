import Core
import Foundation
import SQLite
import Store
import Testing
import Wire

/// A flipped bit in a row's key puts it under the key of another, and SQLite says nothing.
@Suite final class SnapshotTableTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-snapshot-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        let store = try open()
        var commit = Commit(time: .epoch)
        commit.newSeries = (0..<3).map { number in
            Series(
                stream: "t", field: "t", labels: [.init(name: "d", value: "\(number)")], unit: "")
        }
        commit.snapshot = .init(
            parts: (0..<4).map { SnapshotPart(key: $0, data: [UInt8($0), 7, 7]) },
            plan: try store.number(ofPlan: "x"), series: 3)
        try store.commit(commit)
        for second in 0..<3 {
            var block = JournalBlock()
            block.append(tick: Timestamp(microseconds: Int64(second)))
            var commit = Commit(time: .epoch)
            commit.journal = block.encoded()
            try store.commit(commit)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private var file: String { "\(directory)/\(StoreFile.name)" }

    private func open() throws -> IngestStore {
        try IngestStore(directory: directory, gateway: "gateway-1", deadLetterLimit: 1)
    }

    private func damage() throws -> Damage? {
        do {
            _ = try open().lastSnapshot()
            return nil
        } catch {
            return (error as? StoreError)?.damage
        }
    }

    @Test func aSoundOneIsRead() throws {
        #expect(try damage() == nil)
        #expect(try StoreVerification(file: file).isSound)
        let parts = try #require(try open().lastSnapshot()).parts
        #expect(parts == (0..<4).map { SnapshotPart(key: $0, data: [UInt8($0), 7, 7]) })
    }

    @Test(
        arguments: [
            "UPDATE snapshot SET part = 9 WHERE part = 2", "DELETE FROM snapshot WHERE part = 3",
            "DELETE FROM snapshot WHERE part = 0",
            """
            UPDATE snapshot SET part = 9 WHERE part = 2; UPDATE snapshot SET part = 2
            WHERE part = 3; UPDATE snapshot SET part = 3 WHERE part = 9
            """,
            """
            UPDATE series SET number = 9 WHERE number = 0; UPDATE series SET number = 0
            WHERE number = 1; UPDATE series SET number = 1 WHERE number = 9
            """,
            "UPDATE series SET number = 3 WHERE number = 1",
        ])
    func aPartInThePlaceOfAnother(change: String) throws {
        try Connection(path: file).execute(change)
        guard case .state? = try damage() else {
            Issue.record("taken for sound")
            return
        }
        #expect(try !StoreVerification(file: file).isSound)
    }

    /// As an older version wrote it: without seals, and nobody counted.
    @Test func anOlderOneIsRead() throws {
        let connection = try Connection(path: file)
        // Behind the seal.
        try connection.execute("UPDATE snapshot SET data = substr(data, 10)")
        try connection.execute("DELETE FROM meta WHERE key = 'snapshot_check'")
        #expect(try damage() == nil)
    }

    /// The key of part 2 in the file itself: 0, 1, 3, 3. All of it could be read, and is not
    /// taken for the state; nothing stands in the way of the rescue.
    @Test func twoPartsOfOneKey() throws {
        try flipKey(from: 2, to: 3)
        #expect(try damage() != nil)
        let report = try StoreRescue(
            directory: directory, gateway: "gateway-1", machine: nil, now: .epoch
        ).run(because: .corrupt("for a test"), keepsState: true)
        #expect(!report.hasState)
        #expect(try open().lastSnapshot() == nil)
    }

    /// Changes the key of a part in the file.
    private func flipKey(from: UInt8, to: UInt8) throws {
        let data: [UInt8]
        do {
            let connection = try Connection(path: file)
            try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            data = try #require(
                try connection.first(
                    "SELECT data FROM snapshot WHERE part = ?", .integer(Int64(from))
                ) { $0.blob(0) })
        }
        var bytes = try Data(contentsOf: URL(filePath: file))
        let place = try #require(bytes.firstRange(of: Data(data))).lowerBound
        // Before it: payload size, key, size of the header, NULL for the key, a BLOB's type.
        #expect(bytes[place - 4] == from)
        bytes[place - 4] = to
        try bytes.write(to: URL(filePath: file))
    }
}
