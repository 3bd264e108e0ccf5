internal import Core
internal import OpenSSL
package import SQLite
internal import Wire

extension Ledger {
    /// - Parameter refusals: how many of the newest.
    package func audit(refusals limit: Int64 = 100) throws(SQLiteError) -> AuditReport {
        var gateways: [GatewayAudit] = []
        for epoch in try epochs() {
            if gateways.last?.gateway != epoch.gateway {
                gateways.append(GatewayAudit(gateway: epoch.gateway, epochs: []))
            }
            gateways[gateways.count - 1].epochs.append(try audit(epoch))
        }
        return AuditReport(gateways: gateways, refusals: try refusals(limit))
    }

    private func audit(_ epoch: LedgerEpoch) throws(SQLiteError) -> EpochAudit {
        var audit = EpochAudit(
            epoch: epoch.epoch, batches: 0, first: 0, last: 0, completeThrough: 0,
            holes: try holes(epoch), duplicates: 0, conflicts: 0, records: RecordCounts(),
            revised: 0, amended: 0, wireBytes: 0, rawBytes: 0, gaps: try gaps(epoch))
        try database.each(
            """
            SELECT count(sequence), ifnull(min(sequence), 0), ifnull(max(sequence), 0),
                complete_through, duplicates, conflicts, total(windows), total(logs),
                total(gaps), total(events), total(samples), total(revised), total(amended),
                total(bytes_wire), total(bytes_raw)
            FROM epochs LEFT JOIN batches ON batches.epoch = epochs.id WHERE epochs.id = ?
            """, .integer(epoch.id)
        ) { row in
            audit.batches = row.integer(0)
            audit.first = row.integer(1)
            audit.last = row.integer(2)
            audit.completeThrough = row.integer(3)
            audit.duplicates = row.integer(4)
            audit.conflicts = row.integer(5)
            audit.records = RecordCounts(
                windows: Int(row.integer(6)), logs: Int(row.integer(7)),
                gaps: Int(row.integer(8)), events: Int(row.integer(9)),
                samples: Int(row.integer(10)))
            audit.revised = row.integer(11)
            audit.amended = row.integer(12)
            audit.wireBytes = row.integer(13)
            audit.rawBytes = row.integer(14)
        }
        return audit
    }

    private func holes(_ epoch: LedgerEpoch) throws(SQLiteError) -> [ClosedRange<Int64>] {
        var holes: [ClosedRange<Int64>] = []
        try database.each(
            """
            SELECT before + 1, sequence - 1 FROM (
                SELECT sequence, lag(sequence, 1, 0) OVER (ORDER BY sequence) AS before
                FROM batches WHERE epoch = ?)
            WHERE sequence > before + 1
            """, .integer(epoch.id)
        ) { holes.append($0.integer(0)...$0.integer(1)) }
        return holes
    }

    private func refusals(_ limit: Int64) throws(SQLiteError) -> [RefusalAudit] {
        var refusals: [RefusalAudit] = []
        try database.each(
            """
            SELECT time, gateway, epoch, sequence, reason FROM refusals
            ORDER BY id DESC LIMIT ?
            """, .integer(limit)
        ) { row in
            refusals.append(
                RefusalAudit(
                    time: Timestamp(microseconds: row.integer(0)), gateway: row.text(1),
                    epoch: Hex.encode(row.blob(2)), sequence: row.integer(3),
                    reason: row.text(4)))
        }
        return refusals
    }
}
