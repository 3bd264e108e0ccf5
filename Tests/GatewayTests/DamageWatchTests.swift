import Core
import FaultyDisk
import Foundation
import SQLite
import Store
import Testing

@testable import Gateway

/// What ends the gateway, so that its process begins anew.
@Suite struct DamageWatchTests {
    private func found(_ error: any Error) async -> DamageWatch.Found? {
        let watch = DamageWatch()
        watch.look(at: error)
        // Where it was nothing, the second ends it.
        watch.look(at: StoreError.damaged("", .corrupt("the second")))
        do {
            try await watch.run()
            return nil
        } catch {
            return error as? DamageWatch.Found
        }
    }

    @Test func damageEndsItAndAnotherProcessDoesNot() async throws {
        let damage = Damage.state("a test")
        #expect(await found(StoreError.damaged("", damage))?.damage == damage)
        let held = StoreError.held("")
        #expect(await found(held)?.damage == .corrupt("the second"))
    }

    /// A sync fails, and the kernel throws out what it did not write: this process can never
    /// write again, the next one can.
    @Test func aLogThatCanNotBeReadBackEndsIt() async throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("tidegate-log-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let disk = FaultyDisk(seed: 1)
        func open() throws -> IngestStore {
            try IngestStore(
                directory: directory, gateway: "gateway-1", deadLetterLimit: 1,
                fileSystem: disk.name)
        }
        var commit = Commit(time: .epoch)
        commit.journal = JournalBlock().encoded()
        var thrown: (any Error)?
        do {
            let store = try open()
            try store.commit(commit)
            let other = try Connection(
                path: "\(directory)/\(StoreFile.name)", fileSystem: disk.name)
            disk.fail(.sync, at: disk.syncs + 1)
            #expect(throws: SQLiteError.self) { try other.execute("PRAGMA wal_checkpoint") }
            disk.evict()
            do { try store.commit(commit) } catch { thrown = error }
        }
        let error = try #require(thrown)
        let found = try #require(await found(error))
        #expect(found.damage == nil)
        disk.endProcess()
        try open().commit(commit)
    }

    /// A disk that damages each new store is not to be filled with damaged ones.
    @Test func beginningAnewAgainWaits() {
        let start = ContinuousClock.now
        #expect(Restart.earliest(for: start, isAgain: false) == start)
        #expect(Restart.earliest(for: start, isAgain: true) == start + .seconds(60))
    }
}
