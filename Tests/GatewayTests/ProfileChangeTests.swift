import Core
import Foundation
import Store
import Testing
import Wire

@testable import Gateway

/// What a journal was written under is what it is replayed under.
@Suite struct ProfileChangeTests {
    private let scene: IngestScene
    private let folder: String

    init() throws {
        scene = try IngestScene()
        folder = scene.directory + "/profiles"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func write(metric: String) throws {
        let profile = """
            profile: own
            rules:
              - {topics: ["tank/{tank}/data"], metric: \(metric)}
            """
        try profile.write(toFile: "\(folder)/own.yaml", atomically: true, encoding: .utf8)
    }

    private var yaml: String {
        """
        profiles: \(folder)
        streams:
          - name: level
            topic: tank/{tank}/data
            payload: auto
            window: {size: 10s, delay: 1s}
            aggregates: [count, sum]

        """
    }

    private func fields(_ ingest: Ingest) -> [String] {
        (0..<ingest.engine.seriesCount).map { ingest.engine.series(SeriesID($0)).field }
    }

    @Test func aJournalIsReplayedUnderTheProfilesOfThen() async throws {
        try write(metric: "old")
        var ingest: Ingest? = try scene.start(yaml)
        ingest?.take(1, "tank/1/data", "5", at: 101)
        try ingest?.commit(at: IngestScene.time(101))
        ingest = nil
        try write(metric: "new")
        let next = try scene.ingest(yaml)
        _ = try next.recover()
        #expect(fields(next) == ["old"])
        next.take(2, "tank/1/data", "7", at: 102)
        for second in Int64(102)...130 {
            next.caughtUp(at: IngestScene.time(second), uptime: second * 1_000_000)
        }
        try scene.finish(next)
        #expect(fields(next) == ["old", "new"])
        let windows = try await scene.shipped().flatMap(\.windows)
        #expect(windows.map { $0[.sum]?.description } == ["5", "7"])
        #expect(windows.map { $0.flags.contains(.partial) } == [true, false])
    }

    /// The same text, read otherwise: another version of the program.
    @Test(arguments: [false, true])
    func anotherVersionDoesNotTakeOverAJournal(isStopped: Bool) throws {
        var ingest: Ingest? = try scene.start(IngestScene.level)
        ingest?.take(1, "tank/1", "5", at: 101)
        try ingest?.commit(at: IngestScene.time(101))
        if isStopped { ingest?.stopped(at: IngestScene.time(102)) }
        ingest = nil
        let next = try scene.ingest(IngestScene.level) { configuration in
            configuration.plan.streams[0].fields[0].name = "height"
        }
        if isStopped {
            _ = try next.recover()
        } else {
            #expect { _ = try next.recover() } throws: { "\($0)".contains("other series") }
        }
    }
}
