internal import Core
internal import OpenSSL
internal import SQLite
internal import Wire
internal import Zstd

/// Carries over from a damaged store what can be read, in one transaction of the new one.
struct Salvage {
    private let source: Connection
    private let target: Connection
    private let gateway: String
    private let now: Timestamp
    private(set) var report: RescueReport
    /// What the new store is to say of the old one.
    private var gaps: [GapRecord] = []

    init(
        from source: Connection, to target: Connection, gateway: String, report: RescueReport,
        now: Timestamp
    ) {
        self.source = source
        self.target = target
        self.gateway = gateway
        self.report = report
        self.now = now
    }

    /// - Parameter keepsState: whether the open windows are to go on if all of the state can
    ///   be read.
    mutating func run(keepsState: Bool) throws(SQLiteError) {
        try carryBatches()
        if report.damage.isOurs {
            try carryOutbox()
        } else {
            leaveOutbox()
        }
        try carryInspectables()
        let state = StateSalvage(from: source, to: target)
        if keepsState, report.damage.isOurs { report.hasState = try state.carryWhole() }
        if !report.hasState {
            let lost = try state.carryKnownMessages()
            gaps.append(
                GapRecord(
                    cause: .stateLost, subject: "windows", from: min(lost.since ?? now, now),
                    to: now, count: lost.messages,
                    detail: "\(report.damage); messages that may be in no window, at most"
                        + (lost.isWhole ? "" : ", but nobody knows how many more")
                        + "; see \(report.aside)"))
        }
        try OutboxTable.insert(RecordSet(gaps: gaps), at: now, in: target)
    }

    /// The very bytes, so that the receiver knows those that it holds.
    private mutating func carryBatches() throws(SQLiteError) {
        var salvage = RowSalvage(source)
        var failure: SQLiteError?
        let expected = try? source.counter("batch_records")
        var found: Int64 = 0
        let (target, now) = (target, now)
        let columns = "records, data"
        salvage.each("batch", key: hasNumbers ? "number" : "sequence", columns) { row in
            guard failure == nil else { return }
            do throws(SQLiteError) {
                if let batch = try? Batch(bytes: row.blob(2)) {
                    try BatchTable.insert(batch, in: target)
                    found += Int64(batch.header.counts.total)
                } else {
                    try SetAsideTable.insert(
                        row.blob(2), "batch", reason: "can't be read", at: now, in: target)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        report.rescued += Int(found)
        note(found, of: expected, isWhole: salvage.isWhole, "batches")
    }

    /// Blocks become batches of an epoch of their own: the new store has numbers of its own
    /// for the series.
    private mutating func carryOutbox() throws(SQLiteError) {
        var generator = SystemRandomNumberGenerator()
        var chain = Chain(gateway: gateway, epoch: Epoch(using: &generator))
        var salvage = RowSalvage(source)
        var failure: SQLiteError?
        var waiting: [OutboxTable.Block] = []
        var size = 0
        var found: Int64 = 0
        let expected = try? source.counter("outbox_records")
        let (source, target, now) = (source, target, now)
        func seal() throws(SQLiteError) {
            guard !waiting.isEmpty else { return }
            let draft = try Draft(waiting, now: now) { number throws(SQLiteError) in
                try? SeriesTable.series(number, in: source)
            }
            for unreadable in draft.unreadable {
                try SetAsideTable.insert(
                    unreadable.block.data, "outbox block \(unreadable.block.number)",
                    reason: unreadable.reason, at: now, in: target)
            }
            try GapCounters.add(draft.newGaps, in: target)
            if !draft.records.isEmpty {
                try BatchTable.insert(chain.seal(draft.records), in: target)
            }
            found += waiting.reduce(0) { $0 + max(0, $1.records) }
            waiting = []
            size = 0
        }
        salvage.each("outbox", key: "number", "created, records, raw_bytes, data") { row in
            guard failure == nil else { return }
            waiting.append(OutboxTable.Block(row))
            size += row.blob(4).count
            guard size >= Self.batchBytes else { return }
            do throws(SQLiteError) { try seal() } catch { failure = error }
        }
        if let failure { throw failure }
        try seal()
        report.rescued += Int(found)
        note(found, of: expected, isWhole: salvage.isWhole, "outbox")
    }

    /// Compressed.
    private static let batchBytes = 65_536

    /// Some may have been shipped by now, and nobody can tell which.
    private mutating func leaveOutbox() {
        let records = (try? source.counter("outbox_records")) ?? 0
        report.left = Int(clamping: records)
        gaps.append(
            GapRecord(
                cause: .storeSetAside, subject: report.aside, from: now, to: now,
                count: UInt64(clamping: records),
                detail: "\(report.damage); records that waited in it are not shipped: see "
                    + "'tidegate store export' and 'tidegate store rescue'"))
    }

    /// - Parameter expected: `nil` where that can't be read either.
    private mutating func note(
        _ found: Int64, of expected: Int64?, isWhole: Bool, _ subject: String
    ) {
        let missing = expected.map { max(0, $0 - found) }
        guard missing != 0 || !isWhole else { return }
        report.unreadable += Int(missing ?? 0)
        gaps.append(
            GapRecord(
                cause: .unreadable, subject: subject, from: now, to: now,
                count: UInt64(missing ?? 0),
                detail: "\(report.damage); records that could not be rescued"
                    + (missing == nil ? ", nobody knows how many" : "") + "; see \(report.aside)"))
    }

    /// For a person: what was not understood, and what was refused.
    private mutating func carryInspectables() throws(SQLiteError) {
        var failure: SQLiteError?
        let target = target
        func copy(_ sql: String, _ values: [Value]) {
            guard failure == nil else { return }
            do throws(SQLiteError) {
                try target.run(sql, values)
            } catch {
                failure = error
            }
        }
        var salvage = RowSalvage(source)
        salvage.each("dead_letter", key: "number", "time, topic, reason, payload") { row in
            copy(
                "INSERT INTO dead_letter (time, topic, reason, payload) VALUES (?, ?, ?, ?)",
                [
                    .integer(row.integer(1)), .blob(row.blob(2)), .text(row.text(3)),
                    .blob(row.blob(4)),
                ])
        }
        salvage.each("set_aside", key: "number", "time, what, reason, data") { row in
            copy(
                "INSERT INTO set_aside (time, what, reason, data) VALUES (?, ?, ?, ?)",
                [
                    .integer(row.integer(1)), .text(row.text(2)), .text(row.text(3)),
                    .blob(row.blob(4)),
                ])
        }
        if let failure { throw failure }
    }

    /// Since schema 2.
    private var hasNumbers: Bool {
        ((try? source.integer("PRAGMA user_version")) ?? 2) >= 2
    }
}
