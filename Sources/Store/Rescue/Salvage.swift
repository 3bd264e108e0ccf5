internal import Core
internal import OpenSSL
internal import SQLite
internal import Wire

/// Carries over from one store into another what can be read, inside the caller's
/// transaction.
struct Salvage {
    private let source: Connection
    private let target: Connection
    private let gateway: String
    private let now: Timestamp
    private(set) var report: RescueReport
    /// What the target is to say of the source.
    private var gaps: [GapRecord] = []
    /// Bytes, compressed.
    private static let batchSize = 65_536

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

    /// Into a new store.
    ///
    /// - Parameter keepsState: whether the open windows are to go on if all of the state can
    ///   be read.
    mutating func replace(keepsState: Bool) throws(SQLiteError) {
        try carryBatches()
        if report.damage.isOurs { try carryOutbox() } else { leaveOutbox() }
        try carryInspectables()
        let state = StateSalvage(from: source, to: target)
        if keepsState, report.damage.isOurs { report.hasState = try state.carryWhole() }
        if !report.hasState { note(try state.carryKnownMessages()) }
        try writeGaps()
    }

    /// Into a store that goes on: what waited to be shipped.
    mutating func add() throws(SQLiteError) {
        try carryBatches()
        try carryOutbox()
        try writeGaps()
    }

    private func writeGaps() throws(SQLiteError) {
        try OutboxTable.insert(RecordSet(gaps: gaps), at: now, in: target)
    }

    /// The very bytes, so that the receiver knows those that it holds.
    private mutating func carryBatches() throws(SQLiteError) {
        var salvage = RowSalvage(source)
        let expected = try? source.counter("batch_records")
        var found: Int64 = 0
        let version = (try? source.integer("PRAGMA user_version")) ?? Schema.version
        let key = version < 2 ? "sequence" : "number"
        try salvage.each("batch", key: key, "data") { row throws(SQLiteError) in
            let data = row.blob(1)
            if let batch = try? Batch(bytes: data), batch.header.gateway == gateway {
                try BatchTable.insert(batch, in: target)
                found += Int64(batch.header.counts.total)
            } else {
                try SetAsideTable.insert(
                    data, "batch", reason: "can't be read, or is another gateway's", at: now,
                    in: target)
            }
        }
        note(found, of: expected, isWhole: salvage.isWhole, "batches")
    }

    /// Blocks become batches of an epoch of their own: the target has numbers of its own for
    /// the series. The epoch follows from the source's, so that the receiver knows them
    /// should somebody rescue the same store again.
    private mutating func carryOutbox() throws(SQLiteError) {
        var chain = Chain(gateway: gateway, epoch: rescueEpoch)
        var salvage = RowSalvage(source)
        let expected = try? source.counter("outbox_records")
        var found: Int64 = 0
        var waiting: [OutboxTable.Block] = []
        try salvage.each("outbox", key: "number", "created, records, raw_bytes, data") {
            row throws(SQLiteError) in
            waiting.append(OutboxTable.Block(row))
            let size = waiting.reduce(0) { $0 + $1.data.count }
            if size >= Self.batchSize || OutboxTable.isFull(waiting) {
                found = [found, try seal(&waiting, &chain)].saturatingSum
            }
        }
        found = [found, try seal(&waiting, &chain)].saturatingSum
        note(found, of: expected, isWhole: salvage.isWhole, "outbox")
    }

    /// - Returns: how many records the blocks said to have.
    private mutating func seal(
        _ blocks: inout [OutboxTable.Block], _ chain: inout Chain
    ) throws(SQLiteError) -> Int64 {
        let records = blocks.map(\.records).saturatingSum
        while !blocks.isEmpty {
            let draft = try Draft(blocks, now: now) { number throws(SQLiteError) in
                try? SeriesTable.series(number, in: source)
            }
            for unreadable in draft.unreadable {
                try SetAsideTable.insert(
                    unreadable.block.data, "outbox block \(unreadable.block.number)",
                    reason: unreadable.reason, at: now, in: target)
            }
            // With the target's own: the chain must be the same bytes whenever it is made.
            gaps += draft.newGaps
            if !draft.records.isEmpty {
                try BatchTable.insert(chain.seal(draft.records), in: target)
            }
            blocks.removeFirst(draft.blocks.count)
        }
        return records
    }

    private var rescueEpoch: Epoch {
        let text = ((try? source.metaText("epoch")) ?? nil) ?? report.aside
        let digest = SHA256Digest(hashing: Array("rescue \(text)".utf8))
        return Epoch(bytes: Array(digest.bytes.prefix(Epoch.byteCount)))!
    }

    /// Some may have been shipped by now, and nobody can tell which.
    private mutating func leaveOutbox() {
        let records = (try? source.counter("outbox_records")) ?? 0
        report.left = Int(clamping: records)
        gaps.append(
            GapRecord(
                cause: .storeSetAside, subject: report.aside, from: now, to: now,
                count: UInt64(clamping: records),
                detail: "\(report.damage); records that waited in it are not shipped"
                    + (report.damage == .logMissing
                        ? ", and nobody knows how many the last commits held" : "")
                    + ": see 'tidegate store export' and 'tidegate store rescue'"))
    }

    /// For a person: what was not understood, and what was refused.
    private func carryInspectables() throws(SQLiteError) {
        var salvage = RowSalvage(source)
        try salvage.each("dead_letter", key: "number", "time, topic, reason, payload") {
            row throws(SQLiteError) in
            try target.run(
                "INSERT INTO dead_letter (time, topic, reason, payload) VALUES (?, ?, ?, ?)",
                .integer(row.integer(1)), .blob(row.blob(2)), .text(row.text(3)),
                .blob(row.blob(4)))
        }
        try salvage.each("set_aside", key: "number", "time, what, reason, data") {
            row throws(SQLiteError) in
            try target.run(
                "INSERT INTO set_aside (time, what, reason, data) VALUES (?, ?, ?, ?)",
                .integer(row.integer(1)), .text(row.text(2)), .text(row.text(3)),
                .blob(row.blob(4)))
        }
    }

    // MARK: What is missing

    /// - Parameter expected: `nil` where that can't be read either.
    private mutating func note(
        _ found: Int64, of expected: Int64?, isWhole: Bool, _ subject: String
    ) {
        report.rescued = [report.rescued, Int(found)].saturatingSum
        let missing = expected.map { max(0, [$0, -found].saturatingSum) }
        guard missing != 0 || !isWhole else { return }
        report.unreadable = [report.unreadable, Int(missing ?? 0)].saturatingSum
        gaps.append(
            GapRecord(
                cause: .unreadable, subject: subject, from: now, to: now,
                count: UInt64(missing ?? 0),
                detail: "\(report.damage); records that could not be rescued"
                    + (missing == nil ? ", nobody knows how many" : "") + "; see \(report.aside)"))
    }

    private mutating func note(_ lost: StateSalvage.Lost) {
        gaps.append(
            GapRecord(
                cause: .stateLost, subject: "windows", from: min(lost.since ?? now, now), to: now,
                count: lost.messages,
                detail: "\(report.damage); messages that may be in no window, at most"
                    + (lost.isWhole ? "" : ", but nobody knows how many more")
                    + "; see \(report.aside)"))
    }
}
