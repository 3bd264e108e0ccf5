internal import Core
internal import Foundation
internal import SQLite
internal import Store
internal import Wire

/// A run of the real store through a script, on a disk that fails: after each failure the
/// store is held to what it had promised, and the run goes on to its end.
final class StoreRun {
    let disk: FaultyDisk
    let script: Script
    private let directory: String
    private var store: OpenStore?
    private var promises = Promises()
    private var position = 0
    /// Begun, and nobody knows how it ended.
    private var inFlight: (confirm: UInt64?, refuse: UInt64?) = (nil, nil)
    /// What becomes of unsynced sectors; `nil` for chance.
    let fate: FaultyDisk.Fate?
    private(set) var cuts = 0
    private(set) var faults = 0
    /// Called after a failure that was no power cut, before the run goes on.
    var afterFault: (FaultyDisk) -> Void = { _ in }
    /// Called after a power cut.
    var afterCut: (FaultyDisk) -> Void = { _ in }
    private static let patience = 1_000

    private struct Broken: Error {
        let what: String
    }

    init(script: Script, disk: FaultyDisk, fate: FaultyDisk.Fate? = nil) throws {
        self.script = script
        self.disk = disk
        self.fate = fate
        // A lock's file is all that is ever there.
        let memory = "/dev/shm"
        let root = FileManager.default.isWritableFile(atPath: memory) ? memory : "/tmp"
        directory = "\(root)/tidegate-run-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// - Returns: what was broken; `nil` if all promises were kept.
    func play() async -> String? {
        do {
            try await through { try await self.playSteps() }
            try await through { try await self.drain() }
            try checkReceiver()
            // What was not synced by now was promised to nobody.
            store = nil
            disk.cutPower()
            disk.restart(.lost)
            try await through { try await self.opened { _ in } }
            store = nil
            return nil
        } catch let broken as Broken {
            return broken.what
        } catch {
            return "\(error)"
        }
    }

    /// Does it over again after each failure of the disk.
    private func through(_ body: () async throws -> Void) async throws {
        while true {
            do {
                return try await body()
            } catch let broken as Broken {
                throw broken
            } catch {
                if disk.isOff {
                    store = nil
                    disk.restart(fate)
                    cuts += 1
                    afterCut(disk)
                } else {
                    faults += 1
                    if let error = error as? StoreError, "\(error)".contains("damaged") {
                        throw Broken(what: "\(error)")
                    }
                    afterFault(disk)
                    // As long as somebody looks, a log in doubt can't be begun anew.
                    store?.visitor = nil
                    do { try await settle() } catch let broken as Broken { throw broken } catch {}
                }
                guard cuts + faults < Self.patience else {
                    throw Broken(what: "does not go on: \(error)")
                }
            }
        }
    }

    private func opened(_ body: (inout OpenStore) async throws -> Void) async throws {
        if store == nil {
            store = try OpenStore(directory: directory, disk: disk.name)
            try await check()
        }
        try await body(&store!)
    }

    private func playSteps() async throws {
        while position < script.steps.count {
            let step = script.steps[position]
            try await perform(step)
            position += 1
        }
    }

    func kill() {
        disk.endProcess()
        store = nil
    }

    private func perform(_ step: Script.Step) async throws {
        switch step {
        case .restart: store = nil
        case .kill: kill()
        case .look: try await opened { try $0.look(directory: directory, disk: disk.name) }
        case .lookAway: store?.visitor = nil
        case .checkpoint: try await opened { try $0.keeper.execute("PRAGMA wal_checkpoint") }
        case .commit(let number):
            try await opened { store in
                // It was whole after all.
                guard promises.commits == number else { return }
                try store.ingest.commit(script.commits[number])
                promises.keep(script.commits[number])
            }
        case .seal:
            try await opened { store in
                _ = try await store.outbox.seal(size: 1_500, before: .epoch, now: .latest)
                try await noteBatches(store)
            }
        case .send: try await opened { _ = try await send($0) }
        case .refuse:
            try await opened { store in
                guard let batch = try await oldest(store),
                    !promises.received.contains(batch.sequence)
                else { return }
                inFlight.refuse = batch.sequence
                try await store.outbox.setAside(batch.number, reason: "no", now: .epoch)
                promises.refused.insert(batch.sequence)
                inFlight.refuse = nil
            }
        }
    }

    private func oldest(_ store: OpenStore) async throws -> StoredBatch? {
        guard let batch = try await store.outbox.batch(after: 0) else { return nil }
        try require(promises.note(batch))
        try require(
            promises.waiting.contains(batch.sequence) || batch.sequence == inFlight.confirm
                || batch.sequence == inFlight.refuse,
            "batch \(batch.sequence) came back")
        return batch
    }

    private func send(_ store: OpenStore) async throws -> Bool {
        guard let batch = try await oldest(store) else { return false }
        promises.received.insert(batch.sequence)
        inFlight.confirm = batch.sequence
        try await store.outbox.confirm(batch.number)
        promises.confirmed.insert(batch.sequence)
        inFlight.confirm = nil
        return true
    }

    private func noteBatches(_ store: OpenStore) async throws {
        for batch in try await store.batches() { try require(promises.note(batch)) }
    }

    private func drain() async throws {
        try await opened { store in
            store.visitor = nil
            while try await store.outbox.seal(size: 1, before: .latest, now: .latest) {}
            while try await send(store) {}
            let figures = try await store.outbox.figures()
            try require(
                figures.records == 0 && figures.batches == 0 && figures.batchRecords == 0,
                "an empty outbox counts \(figures)")
        }
    }

    // MARK: What was promised

    private func require(_ wrong: String?) throws {
        if let wrong { throw Broken(what: "at step \(position): \(wrong)") }
    }

    private func require(_ holds: Bool, _ wrong: @autoclosure () -> String) throws {
        if !holds { try require(wrong()) }
    }

    /// In the same process, after a step that threw.
    private func settle() async throws {
        guard let store else { return }
        try store.ingest.catchUp()
        try await check()
    }

    /// Holds the store to what it has promised; what was in flight is there whole, or not at
    /// all.
    private func check() async throws {
        guard let store else { return }
        var integrity = try store.keeper.first("PRAGMA integrity_check") { $0.text(0) }
        // A page that it can't read for once is reported as damage, not as an error.
        if integrity != "ok", !disk.isOff {
            integrity = try store.keeper.first("PRAGMA integrity_check") { $0.text(0) }
        }
        try require(integrity == "ok", "integrity_check: \(integrity ?? "nothing")")
        promises.epoch = promises.epoch ?? store.ingest.epoch
        try require(store.ingest.epoch == promises.epoch, "another epoch")
        try checkJournal(store)
        try checkSnapshot(store)
        try await checkBatches(store)
        let letters = try await store.outbox.figures().deadLetters
        let expected = min(promises.deadLetters, Script.deadLetterLimit)
        try require(letters == expected, "\(letters) dead letters, not \(expected)")
    }

    private func checkJournal(_ store: OpenStore) throws {
        let blocks = try store.journal()
        // Each commit has a block of its own; a snapshot's is not there to be seen.
        let commits = Int(store.ingest.nextBlock - 1)
        if commits == promises.commits + 1, promises.commits < script.commits.count {
            promises.keep(script.commits[promises.commits])
        }
        try require(
            commits == promises.commits,
            "the journal ends with commit \(commits) of \(promises.commits)")
        let first = blocks.first?.commit ?? promises.commits
        try require(
            blocks.map(\.commit) == Array(first..<max(first, promises.commits)),
            "journal of commits \(blocks.map(\.commit)) after \(promises.commits) commits")
        try require(
            first == (promises.snapshot == nil ? 0 : promises.snapshotCommit + 1),
            "the journal begins at \(first), the snapshot at \(promises.snapshotCommit)")
        for (number, entries) in blocks {
            let told = try JournalBlock.decode(script.commits[number].journal)
            try require(entries == told, "other entries in the journal of commit \(number)")
        }
    }

    private func checkSnapshot(_ store: OpenStore) throws {
        let found = try store.ingest.lastSnapshot()
        let parts = (found?.parts ?? []).map { ($0.key, $0.data) }
        try require(
            Dictionary(uniqueKeysWithValues: parts) == promises.parts, "another snapshot")
        try require(try store.known() == promises.known, "other messages are known")
        let series = (0..<(promises.snapshot?.series ?? 0)).map { Script.series($0) }
        try require((found?.series ?? []) == series, "other series")
    }

    private func checkBatches(_ store: OpenStore) async throws {
        try await noteBatches(store)
        let there = Set(try await store.batches().map(\.sequence))
        if let sequence = inFlight.confirm, !there.contains(sequence) {
            promises.confirmed.insert(sequence)
        }
        if let sequence = inFlight.refuse, !there.contains(sequence) {
            promises.refused.insert(sequence)
        }
        inFlight = (nil, nil)
        try require(
            there == promises.waiting,
            "batches \(there.sorted()) where \(promises.waiting.sorted()) wait")
    }

    /// All that was ever committed, once.
    private func checkReceiver() throws {
        var seen: [Int: Int] = [:]
        var refusals: UInt64 = 0
        for (_, bytes) in promises.batches {
            let records = try Batch(bytes: bytes).records(limit: 1 << 26)
            for window in records.windows {
                guard case .decimal(let id, 0) = window.values[1] else { continue }
                seen[Int(id), default: 0] += 1
                let series = records.series[Int(window.series)]
                let own = script.series[Int(id)].map(Script.series)
                try require(series == own, "window \(id) is of \(series)")
            }
            for gap in records.gaps where gap.cause == .batchRefused { refusals += 1 }
        }
        let lost = script.series.keys.filter { seen[$0] == nil }
        let twice = seen.filter { $0.value > 1 }.keys
        try require(lost.isEmpty && twice.isEmpty, "lost \(lost.sorted()), twice \(twice.sorted())")
        try require(
            Int(refusals) == promises.refused.count,
            "\(refusals) gaps for \(promises.refused.count) refused batches")
    }
}
