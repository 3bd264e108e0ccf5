internal import Core
internal import SQLite
package import Wire
internal import Zstd

/// The records that wait in a store, sealed or not, as far as they can be read.
package struct StoreRecords {
    private let connection: Connection
    package let gateway: String
    private let epoch: Epoch

    /// - Parameter file: a store's, under whatever name.
    /// - Throws: `StoreError` where nothing at all can be read.
    package init(file: String) throws(StoreError) {
        guard let connection = DamagedFile.open(file) else {
            throw .unfit(file, "no store that can be read; tidegate.sqlite is its usual name")
        }
        self.connection = connection
        gateway = ((try? connection.metaText("gateway")) ?? nil) ?? ""
        let text = ((try? connection.metaText("epoch")) ?? nil) ?? ""
        epoch = Epoch(text) ?? Epoch(bytes: Array(repeating: 0, count: Epoch.byteCount))!
    }

    /// The oldest first.
    ///
    /// - Parameter body: given closed record sets, and the batch that they are in: 0 for those
    ///   that are in none yet.
    /// - Returns: what can't be read, for a person.
    package func each(_ body: (RecordSet, Epoch, UInt64) -> Void) -> [String] {
        var faults: [String] = []
        var salvage = RowSalvage(connection)
        try? salvage.each("batch", key: "rowid", "data") { row throws(SQLiteError) in
            read(row.blob(1), "batch row \(row.integer(0))", &faults, body)
        }
        let columns = "created, records, raw_bytes, data"
        try? salvage.each("outbox", key: "number", columns) { row throws(SQLiteError) in
            let draft = try Draft([OutboxTable.Block(row)], now: .epoch) {
                number throws(SQLiteError) in
                try? SeriesTable.series(number, in: connection)
            }
            faults += draft.newGaps.map { "\($0.subject): \($0.count) records: \($0.detail)" }
            if !draft.records.isEmpty { body(draft.records, epoch, 0) }
        }
        if !salvage.isWhole { faults.append("some rows can't be read") }
        return faults
    }

    /// Those of the batches that were refused for good, and kept.
    ///
    /// - Parameter body: as above.
    /// - Returns: what can't be read, for a person.
    package func eachSetAside(_ body: (RecordSet, Epoch, UInt64) -> Void) -> [String] {
        var faults: [String] = []
        var salvage = RowSalvage(connection)
        try? salvage.each("set_aside", key: "number", "what, data") { row throws(SQLiteError) in
            read(row.blob(2), row.text(1), &faults, body)
        }
        if !salvage.isWhole { faults.append("some rows can't be read") }
        return faults
    }

    private func read(
        _ data: [UInt8], _ what: String, _ faults: inout [String],
        _ body: (RecordSet, Epoch, UInt64) -> Void
    ) {
        do {
            let batch = try Batch(bytes: data)
            let records = try batch.records(limit: IngestStore.blockLimit)
            body(records, batch.header.epoch, batch.header.sequence)
        } catch {
            faults.append("\(what): \(error)")
        }
    }
}
