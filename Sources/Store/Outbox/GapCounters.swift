internal import Core
internal import SQLite

/// What the gap records of this store say, summed by cause: each is counted in the
/// transaction that writes it, so the sums outlive the records.
enum GapCounters {
    private static let prefix = "gap_"

    /// Inside the caller's transaction.
    static func add(_ gaps: [GapRecord], in connection: Connection) throws(SQLiteError) {
        for gap in gaps {
            try connection.run(
                """
                INSERT INTO counter VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET
                    value = min(value, 9223372036854775807 - excluded.value) + excluded.value
                """, .text(prefix + gap.cause.name), .integer(Int64(clamping: gap.count)))
        }
    }

    /// Of each cause, 0 where there is none.
    static func read(_ connection: Connection) throws(SQLiteError) -> [GapRecord.Cause: Int64] {
        var sums: [GapRecord.Cause: Int64] = [:]
        for cause in GapRecord.Cause.allCases {
            sums[cause] = try connection.counter(prefix + cause.name)
        }
        return sums
    }
}
