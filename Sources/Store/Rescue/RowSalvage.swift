internal import SQLite

/// Reads a table of a damaged file around the pages that can't be read.
struct RowSalvage {
    private let connection: Connection
    /// Whether some row may be missing.
    private(set) var isWhole = true
    /// Beyond a hole so wide nothing is looked for.
    private static let widestStep: Int64 = 1 << 32

    init(_ connection: Connection) { self.connection = connection }

    /// Calls `row` for each row that can be read, upwards but for those behind a hole.
    ///
    /// - Parameters:
    ///   - key: the table's integer key.
    ///   - columns: comes after the key: column 1 and up.
    mutating func each(
        _ table: String, key: String, _ columns: String, row: (Statement) -> Void
    ) {
        var last = Int64.min
        var step: Int64 = 0
        while true {
            let from = last == .min ? last : last + step
            var read = from
            let isRead = scan(
                "SELECT \(key), \(columns) FROM \(table) WHERE \(key) > ? ORDER BY \(key)", from
            ) { found in
                let number = found.integer(0)
                if read == from, step > 0 { up(to: number, from: last, table, key, columns, row) }
                read = number
                row(found)
            }
            if isRead { return }
            isWhole = false
            if read > from {
                last = read
                step = 1
            } else {
                // The first key may be anywhere: begin where keys begin.
                if last == .min { last = -1 }
                step = max(1, step * 2)
            }
            if step > Self.widestStep { return }
        }
    }

    /// What was jumped over and can be read: downwards from behind the hole.
    private func up(
        to number: Int64, from last: Int64, _ table: String, _ key: String, _ columns: String,
        _ row: (Statement) -> Void
    ) {
        var next = number
        while next > last + 1 {
            let before = next
            let isRead = scan(
                """
                SELECT \(key), \(columns) FROM \(table) WHERE \(key) > ? AND \(key) < ?
                ORDER BY \(key) DESC LIMIT 1
                """, last, next
            ) { found in
                next = found.integer(0)
                row(found)
            }
            if !isRead || next == before { return }
        }
    }

    private func scan(
        _ sql: String, _ from: Int64, _ to: Int64? = nil, row: (Statement) -> Void
    ) -> Bool {
        do {
            if let to {
                try connection.each(sql, .integer(from), .integer(to), row: row)
            } else {
                try connection.each(sql, .integer(from), row: row)
            }
            return true
        } catch {
            return false
        }
    }
}
