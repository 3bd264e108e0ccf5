internal import Core
internal import SQLite
internal import Zstd

/// The parts of the core's state. In a damaged file one may stand under the key of another, or
/// not at all, and SQLite says nothing: each is sealed with its key, and all are counted.
enum SnapshotTable {
    /// Before a seal; zstd's frames, which older stores have alone, begin with another byte.
    private static let mark: UInt8 = 1
    private static let level: Int32 = 1

    /// Inside the caller's transaction.
    static func insert(_ part: SnapshotPart, in connection: Connection) throws(SQLiteError) {
        let frame = Zstd.compress(part.data, level: level)
        var writer = ByteWriter()
        writer.byte(mark)
        writer.fixed(seal(frame.span, Int64(part.key)))
        writer.raw(frame)
        try connection.run(
            "INSERT OR REPLACE INTO snapshot VALUES (?, ?)", .integer(Int64(part.key)),
            .blob(writer.bytes))
    }

    static func part(_ key: Int64, decoding data: [UInt8]) throws -> SnapshotPart {
        var frame = data[...]
        if data.first == mark {
            var reader = ByteReader(data)
            _ = try reader.byte()
            let seal = try reader.fixed()
            frame = data.suffix(reader.remaining)
            guard seal == Self.seal(frame.span, key) else {
                throw FormatError.malformed("part \(key) is not as it was written")
            }
        }
        return SnapshotPart(
            key: Int(key), data: try Zstd.decompress(Array(frame), limit: IngestStore.blockLimit))
    }

    private static func seal(_ frame: Span<UInt8>, _ key: Int64) -> UInt64 {
        ByteHash.hash(frame, seed: UInt64(bitPattern: key))
    }

    static func all(in connection: Connection) throws -> [SnapshotPart] {
        var rows: [(Int64, [UInt8])] = []
        try connection.each("SELECT part, data FROM snapshot ORDER BY part") { row in
            rows.append((row.integer(0), row.blob(1)))
        }
        return try rows.map { try part($0, decoding: $1) }
    }

    /// What says where the snapshot stands, and of how many parts it is.
    struct Place {
        var block: Int64
        var plan: Int64
        var series: Int64

        init(block: Int64, plan: Int64, series: Int64) {
            self.block = block
            self.plan = plan
            self.series = series
        }

        /// `nil` where there is no snapshot.
        init?(_ connection: Connection) throws(SQLiteError) {
            guard let block = try connection.meta("snapshot_block"),
                let plan = try connection.meta("snapshot_plan"),
                let series = try connection.meta("snapshot_series")
            else { return nil }
            self.init(block: block, plan: plan, series: series)
        }

        /// Inside the caller's transaction, once the parts are written.
        func write(to connection: Connection) throws(SQLiteError) {
            let parts = try connection.integer("SELECT count(*) FROM snapshot")
            try connection.setMeta("snapshot_block", .integer(block))
            try connection.setMeta("snapshot_plan", .integer(plan))
            try connection.setMeta("snapshot_series", .integer(series))
            try connection.setMeta("snapshot_check", .integer(check(parts: parts)))
        }

        /// Whether it is as it was written.
        ///
        /// - Parameter parts: how many there are.
        func isSound(parts: Int, in connection: Connection) throws(SQLiteError) -> Bool {
            // Older stores have none, or one without the number of parts.
            guard let written = try connection.meta("snapshot_check") else { return true }
            return written == check(parts: Int64(parts)) || written == check(parts: nil)
        }

        private func check(parts: Int64?) -> Int64 {
            var writer = ByteWriter()
            for number in [block, plan, series] { writer.signed(number) }
            if let parts { writer.signed(parts) }
            return Int64(bitPattern: ByteHash.hash(writer.bytes.span))
        }
    }
}
