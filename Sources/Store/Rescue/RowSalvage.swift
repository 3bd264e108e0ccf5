internal import SQLite

/// Reads tables of a damaged file around the pages that can't be read.
struct RowSalvage {
    typealias Row = (Statement) throws(SQLiteError) -> Void

    private let connection: Connection
    /// Whether some row may be missing.
    private(set) var isWhole = true
    /// Beyond a hole so wide nothing is looked for.
    private static let widestStep: Int64 = 1 << 32

    init(_ connection: Connection) { self.connection = connection }

    /// Calls `row` for each row that can be read, upwards but for those behind a hole.
    ///
    /// - Parameters:
    ///   - key: the table's integer key, column 0.
    ///   - columns: column 1 and up.
    /// - Throws: only what `row` throws.
    mutating func each(
        _ table: String, key: String, _ columns: String, row: Row
    ) throws(SQLiteError) {
        let upwards = "SELECT \(key), \(columns) FROM \(table) WHERE \(key) > ? ORDER BY \(key)"
        var last = Int64.min
        var step: Int64 = 0
        while step <= Self.widestStep {
            let (from, isBeyond) = last.addingReportingOverflow(last == .min ? 0 : step)
            if isBeyond { break }
            var read = from
            let isRead = try scan(upwards, .integer(from)) { found throws(SQLiteError) in
                let number = found.integer(0)
                if read == from, step > 0 {
                    try fill(table, key, columns, above: last, below: number, row)
                }
                read = number
                try row(found)
            }
            if isRead {
                if read == from, step > 0 { break }
                return
            }
            isWhole = false
            if read > from {
                last = read
                step = 1
            } else {
                // The first key may be anywhere: begin where keys begin.
                last = max(last, -1)
                step = max(1, step * 2)
            }
        }
        // Nothing stands behind the last step: the hole's end is nearer, or there is none.
        try fill(table, key, columns, above: last, below: .max, row)
    }

    /// What was jumped over and can be read: downwards from behind the hole.
    private func fill(
        _ table: String, _ key: String, _ columns: String, above last: Int64, below number: Int64,
        _ row: Row
    ) throws(SQLiteError) {
        let downwards = """
            SELECT \(key), \(columns) FROM \(table) WHERE \(key) > ? AND \(key) < ?
            ORDER BY \(key) DESC
            """
        _ = try scan(downwards, .integer(last), .integer(number), row: row)
    }

    /// - Returns: false where something could not be read.
    /// - Throws: only what `row` throws.
    private func scan(
        _ sql: String, _ values: Value..., row: Row
    ) throws(SQLiteError) -> Bool {
        var thrown: SQLiteError?
        do {
            try connection.each(sql, values) { found throws(SQLiteError) in
                do throws(SQLiteError) {
                    try row(found)
                } catch {
                    thrown = error
                    throw error
                }
            }
            return true
        } catch {
            if let thrown { throw thrown }
            return false
        }
    }
}
