internal import Core
internal import Files
internal import SQLite
internal import Wire

/// What the gap records say, summed by cause as the batches come: an audit of years must
/// not read every batch.
extension Ledger {
    static let gapSchema = """
        CREATE TABLE gaps (
            epoch INTEGER NOT NULL REFERENCES epochs (id),
            -- As on the wire; 0 for records that could not be read.
            cause INTEGER NOT NULL,
            records INTEGER NOT NULL,
            -- The sum of the records' counts.
            count INTEGER NOT NULL,
            time_from INTEGER NOT NULL,
            time_to INTEGER NOT NULL,
            PRIMARY KEY (epoch, cause)
        ) STRICT, WITHOUT ROWID;
        """
    private static let unread: UInt8 = 0

    /// Inside the caller's transaction.
    func enter(_ gaps: [GapRecord], of epoch: Int64) throws(SQLiteError) {
        for gap in gaps {
            try add(
                cause: gap.cause.rawValue, records: 1, count: Int64(clamping: gap.count),
                gap.from, gap.to, to: epoch)
        }
    }

    private func add(
        cause: UInt8, records: Int64, count: Int64, _ from: Timestamp, _ to: Timestamp,
        to epoch: Int64
    ) throws(SQLiteError) {
        // A gateway may write any count: the sum stops at what a row can hold.
        try database.run(
            """
            INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
                records = records + excluded.records,
                count = min(count, 9223372036854775807 - excluded.count) + excluded.count,
                time_from = min(time_from, excluded.time_from),
                time_to = max(time_to, excluded.time_to)
            """,
            .integer(epoch), .integer(Int64(cause)), .integer(records), .integer(count),
            .integer(from.microseconds), .integer(to.microseconds))
    }

    /// By cause.
    func gaps(_ epoch: LedgerEpoch) throws(SQLiteError) -> [GapAudit] {
        var gaps: [GapAudit] = []
        try database.each(
            """
            SELECT cause, records, count, time_from, time_to FROM gaps
            WHERE epoch = ? ORDER BY cause
            """, .integer(epoch.id)
        ) { row in
            let cause = GapRecord.Cause(rawValue: UInt8(clamping: row.integer(0)))
            gaps.append(
                GapAudit(
                    cause: cause?.name ?? "unread", records: row.integer(1),
                    count: row.integer(2), from: Timestamp(microseconds: row.integer(3)),
                    to: Timestamp(microseconds: row.integer(4))))
        }
        return gaps
    }

    /// For a ledger of version 1, which had no sums: reads each batch that has gaps. Inside
    /// the caller's transaction.
    func sumUpGaps(in storage: Storage) throws(SQLiteError) {
        for epoch in try epochs() {
            try database.each(
                """
                SELECT sequence, gaps, bytes_wire, bytes_raw, time_from, time_to FROM batches
                WHERE epoch = ? AND gaps > 0
                """, .integer(epoch.id)
            ) { row throws(SQLiteError) in
                let path = storage.batch(
                    epoch.gateway, epoch.epoch, UInt64(clamping: row.integer(0)))
                if let bytes = try? DurableFile.read(path, limit: Int(row.integer(2))),
                    let batch = try? Batch(bytes: bytes),
                    let records = try? batch.records(limit: Int(row.integer(3)))
                {
                    try enter(records.gaps, of: epoch.id)
                } else {
                    try add(
                        cause: Self.unread, records: row.integer(1), count: 0,
                        Timestamp(microseconds: row.integer(4)),
                        Timestamp(microseconds: row.integer(5)), to: epoch.id)
                }
            }
        }
    }
}
