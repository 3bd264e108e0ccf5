import Console
import Core
import Foundation
import Logging
import SQLite
import Session
import Simulator
import Store
import Testing
import Wire

@testable import Gateway

/// A store is damaged in every way we know; the gateway goes on, nothing counts twice, and
/// what is missing is said.
@Suite struct RescueTests {
    @Test func aSoundStoreNeedsNoRescue() async throws {
        let scene = try RescueScene()
        let outcome = try await scene.goOn()
        #expect(outcome.reports.isEmpty)
        #expect(outcome.gaps.isEmpty)
        #expect(outcome.counts == scene.reference)
    }

    /// Each page of the file in turn is overwritten with noise.
    @Test func aPageOfNoise() async throws {
        let seed = UInt64.random(in: .min ... .max)
        var rescues = 0
        let pages = try RescueScene().pages
        for page in 0..<pages {
            let scene = try RescueScene()
            try scene.overwrite(page: page, seed: seed)
            let outcome = try await scene.goOn()
            rescues += outcome.reports.count
            scene.expectHonest(outcome, "seed \(seed), page \(page) of \(pages)")
        }
        // Some pages are free, or hold nothing that anybody reads again.
        #expect(rescues > pages / 3, "seed \(seed)")
    }

    /// Without the first page SQLite reads nothing; a copy of it saves all the rest.
    @Test func aFirstPageOfNoiseCostsNothing() async throws {
        let scene = try RescueScene()
        try scene.overwrite(page: 0, seed: 1)
        let outcome = try await scene.goOn()
        #expect(outcome.reports.map(\.hasState) == [true])
        #expect(outcome.gaps.isEmpty)
        #expect(outcome.counts == scene.reference)
    }

    @Test(arguments: [0, 1, 10, 30, 60, 90, 99])
    func aTruncatedFile(percent: Int) async throws {
        let scene = try RescueScene()
        let length = scene.pages * 4_096 * percent / 100
        try scene.truncate(to: length)
        let outcome = try await scene.goOn()
        #expect(outcome.reports.count >= 1)
        scene.expectHonest(outcome, "cut to \(length)")
    }

    @Test func aStoreThatIsGone() async throws {
        let scene = try RescueScene()
        try scene.truncate(to: nil)
        let outcome = try await scene.goOn()
        #expect(outcome.reports.map(\.damage) == [.fileMissing])
        #expect(outcome.gaps.map(\.cause) == [.storeSetAside])
    }

    @Test func aLogThatIsGone() async throws {
        let scene = try RescueScene(closing: false)
        try scene.removeLog()
        let outcome = try await scene.goOn()
        #expect(outcome.reports.map(\.damage) == [.logMissing])
        #expect(Set(outcome.gaps.map(\.cause)) == [.storeSetAside, .stateLost])
        // The outbox of before the last commits is not shipped: they may have shipped it.
        let aside = try #require(outcome.gaps.first { $0.cause == .storeSetAside })
        let report = outcome.reports[0]
        #expect(aside.count == UInt64(report.left) && aside.subject == report.aside)
        #expect(aside.detail.contains("nobody knows how many the last commits held"))
        scene.expectHonest(outcome, "no log")
    }

    @Test func aStoreOfANewerVersion() async throws {
        let scene = try RescueScene()
        try scene.run("PRAGMA user_version = 99")
        let outcome = try await scene.goOn()
        #expect(outcome.reports.map(\.damage) == [.newer(99)])
        #expect(outcome.gaps.map(\.cause) == [.storeSetAside])
        // As many as waited in it.
        #expect(outcome.gaps.map(\.count) == [UInt64(scene.waiting)])
        #expect(outcome.gaps[0].detail.contains("schema 99"))
    }

    @Test func aStoreOfAnotherMachine() async throws {
        let scene = try RescueScene()
        let outcome = try await scene.goOn(machine: "another")
        #expect(outcome.reports.map(\.damage) == [.otherMachine])
        #expect(outcome.gaps.map(\.cause) == [.storeSetAside])
    }

    @Test func aStoreOfAnotherGateway() async throws {
        let scene = try RescueScene()
        try scene.run("UPDATE meta SET value = 'gateway-9' WHERE key = 'gateway'")
        let outcome = try await scene.goOn()
        #expect(outcome.reports.map(\.damage) == [.foreign(owner: "gateway-9")])
    }

    /// SQLite is well, and what we wrote is not what we read.
    @Test(arguments: ["journal", "snapshot"])
    func stateThatCanNotBeDecoded(table: String) async throws {
        let scene = try RescueScene()
        if table == "snapshot" { try scene.run("INSERT INTO snapshot VALUES (0, x'00')") }
        try scene.run("UPDATE \(table) SET data = x'010203'")
        let outcome = try await scene.goOn()
        #expect(outcome.reports.count == 1)
        #expect(Set(outcome.gaps.map(\.cause)) == [.stateLost])
        scene.expectHonest(outcome, table)
    }

    /// Most of what was in the open windows came before the last snapshot, and with it goes
    /// who could count it.
    @Test func stateThatIsLostWithALaterSnapshot() async throws {
        let scene = try RescueScene(snapshots: SnapshotPolicy(minimum: 1, factor: 0))
        try scene.run("UPDATE snapshot SET data = x'010203'")
        let outcome = try await scene.goOn()
        #expect(outcome.reports.map(\.hasState) == [false])
        #expect(outcome.gaps.map(\.cause) == [.stateLost])
        #expect(outcome.hides(.openWindows))
        #expect(outcome.counts.values.reduce(0, +) < scene.reference.values.reduce(0, +))
        scene.expectHonest(outcome, "a later snapshot")
    }

    /// The window state is intact: it goes on.
    @Test func aDamagedOutboxLeavesTheWindowsAlone() async throws {
        let scene = try RescueScene()
        let report = try scene.rescue(.corrupt("for a test"))
        #expect(report.hasState)
        #expect(report.rescued == scene.waiting)
        let outcome = try await scene.goOn()
        #expect(outcome.reports.isEmpty)
        #expect(outcome.gaps.isEmpty)
        #expect(outcome.counts == scene.reference)
    }

    /// What the broker hands over again after a rescue without state is known.
    @Test func messagesAreKnownAgainWithoutTheirState() async throws {
        let scene = try RescueScene()
        let report = try scene.rescue(.state("for a test"), keepsState: false)
        #expect(!report.hasState)
        let outcome = try await scene.goOn(redelivering: 100)
        #expect(outcome.recognized == 100)
        scene.expectHonest(outcome, "redelivery")
    }

    /// Killed in the middle of the exchange of files: the next start finishes it.
    @Test func aRescueThatWasCutOff() async throws {
        let scene = try RescueScene()
        _ = try scene.rescue(.corrupt("for a test"))
        let files = FileManager.default
        // As after the crash: the new store still under its first name, the intent there.
        let folder = URL(filePath: scene.directory)
        let name = try #require(scene.asideNames.first)
        try files.moveItem(
            at: folder.appending(path: "tidegate.sqlite"),
            to: folder.appending(path: "tidegate.sqlite.new"))
        try files.moveItem(
            at: folder.appending(path: name), to: folder.appending(path: "tidegate.sqlite"))
        try Data(name.utf8).write(to: folder.appending(path: "tidegate.swap"))
        let outcome = try await scene.goOn()
        #expect(outcome.reports.isEmpty)
        #expect(outcome.counts == scene.reference)
        #expect(scene.asideNames == [name])
    }

    /// What was left in a store that was set aside is taken over by hand, once or twice.
    @Test func anotherStoreIsTakenOver() async throws {
        let scene = try RescueScene()
        try scene.run("PRAGMA user_version = 99")
        _ = try scene.rescue(.newer(99))
        let aside = "\(scene.directory)/\(try #require(scene.asideNames.first))"
        try Connection(path: aside).execute("PRAGMA user_version = 2")
        for _ in 0..<2 {
            let report = try StoreRescue(
                directory: scene.directory, gateway: "gateway-1", machine: "this", now: .epoch
            ).add(from: aside)
            #expect(report.rescued == scene.waiting)
        }
        let outcome = try await scene.goOn()
        #expect(outcome.gaps.map(\.cause) == [.storeSetAside])
        scene.expectNothingTwice(outcome)
        // All that waited; the windows that were open stay behind.
        #expect(
            outcome.windows(before: RescueScene.half - 15)
                == scene.windows(before: RescueScene.half - 15))
    }

    @Test func aVerificationFindsEveryPageOfNoise() throws {
        let seed = UInt64.random(in: .min ... .max)
        let sound = try RescueScene()
        #expect(try StoreVerification(file: sound.file).isSound)
        for page in 1..<sound.pages {
            let scene = try RescueScene()
            try scene.overwrite(page: page, seed: seed)
            #expect(try !StoreVerification(file: scene.file).isSound, "seed \(seed), page \(page)")
        }
    }

    @Test func anExportOfASoundStoreIsWhole() throws {
        let scene = try RescueScene()
        #expect(try scene.export() == .init(records: scene.waiting, faults: []))
    }

    /// Each page in turn: what the export does not have, it complains of.
    @Test func anExportReadsAroundNoise() throws {
        let seed = UInt64.random(in: .min ... .max)
        let scene = try RescueScene()
        let sound = try Data(contentsOf: URL(filePath: scene.file))
        var partial = 0
        for page in 1..<scene.pages {
            try scene.overwrite(page: page, seed: seed)
            let export = try scene.export()
            #expect(export.records <= scene.waiting, "seed \(seed), page \(page)")
            #expect(
                export.records == scene.waiting || !export.faults.isEmpty,
                "seed \(seed), page \(page): \(export.records) of \(scene.waiting)")
            if export.records > 0, !export.faults.isEmpty { partial += 1 }
            try sound.write(to: URL(filePath: scene.file))
        }
        #expect(partial > 0, "seed \(seed)")
    }
}
