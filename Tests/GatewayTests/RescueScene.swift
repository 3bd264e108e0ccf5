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

/// A store as a running gateway leaves it: a sealed batch that nobody confirmed, blocks in the
/// outbox, dead letters, windows that are open. And what is to come of it.
final class RescueScene {
    let directory: String
    /// Readings by series and window, as an undisturbed gateway ships them.
    let reference: [String: Int64]
    /// Records sealed or in the outbox.
    private(set) var waiting = 0
    private static let yaml = """
        gateway: gateway-1
        storage: {directory: /tmp}
        broker: {host: h, authorities: a, certificate: b, key: c}
        uplink: {endpoint: "https://h", authorities: a, certificate: b, key: c}
        streams:
          - name: level
            topic: tank/{tank}
            payload: number
            window: {size: 10s, delay: 1s, idle: 5s}
            aggregates: [count, sum, min, max]
        """
    private static let begin: Int64 = 1_000
    static let half: Int64 = 1_065
    private static let end: Int64 = 1_100
    private static let tanks = 40
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameters:
    ///   - closing: whether the store is closed, which empties its log.
    ///   - snapshots: when the state is written.
    init(closing: Bool = true, snapshots: SnapshotPolicy = SnapshotPolicy()) throws {
        let files = FileManager.default
        let root = files.temporaryDirectory.appendingPathComponent(
            "tidegate-rescue-\(UUID().uuidString)")
        directory = root.appendingPathComponent("store").path
        let made = root.appendingPathComponent("made").path
        try files.createDirectory(atPath: made, withIntermediateDirectories: true)
        var reference: [String: Int64] = [:]
        for second in Self.begin..<Self.end {
            for tank in 0..<Self.tanks {
                reference["tank=\(tank)@\(second / 10 * 10)", default: 0] += 1
            }
        }
        self.reference = reference
        do {
            let ingest = try Self.ingest(made, machine: "this", logger, snapshots)
            _ = try ingest.recover()
            ingest.connected(sessionPresent: false, at: Self.time(Self.begin))
            try Self.send(ingest, Self.begin..<Self.half)
            if !closing {
                let other = try Connection(path: "\(made)/\(StoreFile.name)")
                try other.execute("PRAGMA wal_checkpoint")
                try files.copyItem(atPath: made, toPath: directory)
            }
        }
        if closing { try files.copyItem(atPath: made, toPath: directory) }
        waiting = Int(
            try OutboxFigures.read(directory: directory).records
                + OutboxFigures.read(directory: directory).batchRecords)
    }

    deinit {
        let root = URL(filePath: directory).deletingLastPathComponent()
        try? FileManager.default.removeItem(at: root)
    }

    private static func time(_ second: Int64) -> Timestamp {
        Timestamp(microseconds: second * 1_000_000)
    }

    private static func ingest(
        _ directory: String, machine: String, _ logger: Logger, _ snapshots: SnapshotPolicy
    ) throws -> Ingest {
        try ingest(
            on: IngestStore(
                directory: directory, gateway: "gateway-1", machine: machine,
                deadLetterLimit: 10), logger, snapshots)
    }

    private static func ingest(
        on store: IngestStore, _ logger: Logger, _ snapshots: SnapshotPolicy = SnapshotPolicy()
    ) throws -> Ingest {
        try Ingest(
            store: store,
            configuration: ConfigurationReader.read(
                text: yaml, file: "test.yaml", environment: [:]),
            board: StatusBoard(gateway: "gateway-1"), shipper: LogShipper(), logger: logger,
            snapshots: snapshots)
    }

    /// A message a second of each tank; a commit a second.
    private static func send(_ ingest: Ingest, _ seconds: Range<Int64>) throws {
        for second in seconds {
            for tank in 0..<tanks {
                let (topic, payload) = message(tank, second)
                ingest.received(
                    packetID: packetID(tank, second), topic: topic.span, payload: payload.span,
                    at: time(second))
            }
            if second == begin + 5 {
                let (topic, payload) = (Array("tank/0".utf8), Array("rubbish".utf8))
                ingest.received(
                    packetID: 0, topic: topic.span, payload: payload.span, at: time(second))
            }
            try ingest.commit(at: time(second))
        }
    }

    private static func packetID(_ tank: Int, _ second: Int64) -> UInt16 {
        UInt16((Int(second - begin) * tanks + tank) % 50_000 + 1)
    }

    private static func message(_ tank: Int, _ second: Int64) -> ([UInt8], [UInt8]) {
        (Array("tank/\(tank)".utf8), Array("\(second % 97).\(tank)".utf8))
    }

    // MARK: Damage

    var file: String { "\(directory)/\(StoreFile.name)" }

    var pages: Int {
        let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        return (size ?? 0) / 4_096
    }

    func overwrite(page: Int, seed: UInt64) throws {
        var generator = SplitMix(seed: seed &+ UInt64(page))
        let noise = (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seek(toOffset: UInt64(page) * 4_096)
        try handle.write(contentsOf: Data(noise))
        try handle.close()
    }

    /// - Parameter length: bytes; `nil` removes the file.
    func truncate(to length: Int?) throws {
        guard let length else { return try FileManager.default.removeItem(atPath: file) }
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.truncate(atOffset: UInt64(length))
        try handle.close()
    }

    func removeLog() throws { try FileManager.default.removeItem(atPath: "\(file)-wal") }

    func run(_ sql: String) throws { try Connection(path: file).execute(sql) }

    func rescue(_ damage: Damage, keepsState: Bool = true) throws -> RescueReport {
        try StoreRescue(
            directory: directory, gateway: "gateway-1", machine: "this", now: Self.time(Self.half)
        ).run(because: damage, keepsState: keepsState)
    }

    struct Export: Equatable {
        var records = 0
        var faults: [String]
    }

    func export() throws -> Export {
        var export = Export(faults: [])
        export.faults = try StoreRecords(file: file).each { set, _, _ in
            export.records += set.counts.total
        }
        return export
    }

    var asideNames: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.contains(".damaged-") && $0.hasSuffix("Z") }.sorted()
    }

    // MARK: What comes of it

    struct Outcome {
        /// Readings by series and window, of all that is shipped.
        var counts: [String: Int64] = [:]
        /// But for what was not understood.
        var gaps: [GapRecord] = []
        var reports: [RescueReport] = []
        var recognized = 0
        /// The second before which all had come that a damaged store could hold.
        var lastRescue = RescueScene.half

        func windows(before second: Int64) -> [String: Int64] {
            RescueScene.windows(counts, before: second)
        }
    }

    func windows(before second: Int64) -> [String: Int64] {
        Self.windows(reference, before: second)
    }

    private static func windows(
        _ counts: [String: Int64], before second: Int64
    ) -> [String: Int64] {
        counts.filter { key, _ in
            key.split(separator: "@").last.flatMap { Int64($0) }.map { $0 < second } ?? false
        }
    }

    /// A gateway starts on the store, as often as it takes, gets the rest of the messages, and
    /// ships all it has.
    ///
    /// - Parameter redelivering: so many of the last messages come again first.
    func goOn(machine: String = "this", redelivering: Int = 0) async throws -> Outcome {
        var outcome = Outcome()
        var receiver: [String: Batch] = [:]
        var next = Self.half
        var known: Damage?
        for _ in 0..<8 {
            do {
                try gather(&outcome, &next, known, machine, redelivering)
                try await ship(to: &receiver)
                count(receiver.values, in: &outcome)
                return outcome
            } catch let error as StoreError {
                guard let damage = error.damage else { throw error }
                known = damage
            }
        }
        throw RescueFailure(description: "the gateway does not come up")
    }

    private func gather(
        _ outcome: inout Outcome, _ next: inout Int64, _ known: Damage?, _ machine: String,
        _ redelivering: Int
    ) throws {
        var reports: [RescueReport] = []
        let opening = StoreOpening(
            directory: directory, gateway: "gateway-1", deadLetterLimit: 10, machine: machine,
            logger: logger, now: { Self.time(Self.half) }, onRescue: { reports.append($0) })
        let second = next
        defer {
            outcome.reports += reports
            if !reports.isEmpty { outcome.lastRescue = second }
        }
        var filter = RedeliveryFilter()
        let ingest = try opening.open(knowing: known) { store in
            let ingest = try Self.ingest(on: store, logger)
            filter = try ingest.recover()
            return ingest
        }
        filter.connected(sessionPresent: true)
        for index in (0..<redelivering).reversed() {
            let (tank, second) = (
                Self.tanks - 1 - index % Self.tanks, Self.half - 1 - Int64(index / Self.tanks)
            )
            let (topic, payload) = Self.message(tank, second)
            let hash = RedeliveryFilter.hash(topic: topic.span, payload: payload.span)
            let verdict = filter.take(
                packetID: Self.packetID(tank, second), hash: hash, at: Self.time(second))
            if verdict == .known { outcome.recognized += 1 }
        }
        while next < Self.end {
            try Self.send(ingest, next..<next + 1)
            next += 1
        }
        // Silence closes what is open, and a minute brings the gaps.
        for second in Int64(0)..<90 {
            ingest.caughtUp(at: Self.time(Self.end + second), uptime: second * 1_000_000)
            if ingest.hasUncommitted { try ingest.commit(at: Self.time(Self.end + second)) }
        }
    }

    private func ship(to receiver: inout [String: Batch]) async throws {
        let outbox = try OutboxStore(directory: directory, gateway: "gateway-1")
        while true {
            guard let stored = try await outbox.batch(after: 0) else {
                if try await outbox.seal(size: 1, before: .latest, now: .latest) { continue }
                return
            }
            guard let batch = try? Batch(bytes: stored.bytes),
                (try? batch.records(limit: 1 << 24)) != nil
            else {
                try await outbox.setAside(stored.number, reason: "no batch", now: .epoch)
                continue
            }
            let key = "\(batch.header.epoch)/\(batch.header.sequence)"
            #expect(receiver[key] == nil || receiver[key] == batch, "two batches \(key)")
            receiver[key] = batch
            try await outbox.confirm(stored.number)
        }
    }

    private func count(_ batches: some Sequence<Batch>, in outcome: inout Outcome) {
        for batch in batches {
            guard let records = try? batch.records(limit: 1 << 24) else { continue }
            for window in records.windows {
                let label = records.series[Int(window.series)].labels[0]
                let start = window.start.microseconds / 1_000_000
                guard case .decimal(let count, 0) = window.values[0] else { continue }
                outcome.counts["\(label.name)=\(label.value)@\(start)", default: 0] += count
            }
            outcome.gaps += records.gaps.filter { $0.cause != .undecodable }
        }
    }

    // MARK: What must hold

    func expectNothingTwice(_ outcome: Outcome, _ context: String = "") {
        for (key, count) in outcome.counts {
            #expect(count <= reference[key, default: 0], "\(key) \(context)")
        }
    }

    /// Nothing twice, and gap records for all that is missing: those of records for whole
    /// windows that had closed, those of the state for what was open. What came after the
    /// rescue is all there, whatever nobody knows.
    func expectHonest(_ outcome: Outcome, _ context: String) {
        expectNothingTwice(outcome, context)
        var (closed, open): ([Int64], [Int64]) = ([], [])
        for (key, count) in reference {
            let missing = count - outcome.counts[key, default: 0]
            guard missing > 0, let start = key.split(separator: "@").last.flatMap({ Int64($0) })
            else { continue }
            #expect(start < outcome.lastRescue, "\(key) came after the rescue; \(context)")
            // A window of 10 s closes a second after its end.
            let mayBeOpen = start + 12 > outcome.lastRescue
            if missing < count || mayBeOpen, outcome.hides(.openWindows) {
                #expect(mayBeOpen, "\(key) was closed; \(context)")
            } else if missing < count {
                open.append(missing)
            } else if !outcome.hides(.records) {
                closed.append(missing)
            }
        }
        let state = outcome.gaps.filter { $0.cause == .stateLost }.reduce(0) { $0 + $1.count }
        let records = outcome.gaps.filter { $0.cause != .stateLost }.reduce(0) { $0 + $1.count }
        // Whole windows may be explained by lost records, the rest by lost state.
        closed.sort(by: >)
        let unexplained = (closed.dropFirst(Int(clamping: records)) + open).reduce(0, +)
        #expect(
            unexplained <= Int64(clamping: state),
            "\(closed.count) windows and \(open) readings missing; \(outcome.gaps); \(context)")
    }
}

extension RescueScene.Outcome {
    enum Hidden { case records, openWindows }

    /// Whether nobody knows how many of them are lost.
    func hides(_ hidden: Hidden) -> Bool {
        gaps.contains { gap in
            switch (hidden, gap.cause) {
            case (.records, .unreadable), (.openWindows, .stateLost):
                gap.detail.contains("nobody knows how many")
            case (.records, .storeSetAside):
                gap.detail.contains("how many records it holds")
                    || gap.detail.contains("how many the last commits held")
            case (.openWindows, .storeSetAside):
                gap.detail.contains("how many messages its open windows held")
                    || gap.detail.contains("how many the last commits held")
            default: false
            }
        }
    }
}

struct RescueFailure: Error, CustomStringConvertible {
    let description: String
}
