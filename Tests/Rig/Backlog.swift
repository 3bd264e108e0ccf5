internal import SQLite

/// An outbox of any size, out of the blocks that a gateway left in its store: they are valid,
/// and nobody minds that they repeat.
package enum Backlog {
    /// Nothing may have the store open.
    ///
    /// - Parameters:
    ///   - directory: the store's.
    ///   - bytes: of blocks.
    ///   - progress: hears how many bytes there are.
    package static func grow(
        in directory: String, to bytes: Int, progress: (Int) -> Void = { _ in }
    ) throws {
        let connection = try Connection(path: "\(directory)/tidegate.sqlite")
        // Fast, and lost in a power cut; the gateway sets its own again.
        try connection.execute(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536")
        var size = Int(try connection.integer("SELECT total(length(data)) FROM outbox"))
        guard size > 0 else { throw RigError("\(directory): nothing waits that could be repeated") }
        while size < bytes {
            let last = try connection.integer("SELECT max(number) FROM outbox")
            // The second half of the last doubling may be too much.
            let part = min(1, Double(bytes - size) / Double(size))
            let first = last - Int64(Double(last) * part)
            try connection.run(
                """
                INSERT INTO outbox (created, records, raw_bytes, data)
                SELECT created, records, raw_bytes, data FROM outbox WHERE number > ?
                """, .integer(first))
            size += Int(Double(size) * part)
            progress(size)
        }
        try connection.run(
            """
            UPDATE counter SET value = (SELECT sum(records) FROM outbox)
            WHERE name = 'outbox_records'
            """)
    }
}
