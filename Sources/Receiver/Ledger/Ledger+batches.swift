package import Core
package import OpenSSL
package import SQLite
package import Wire

extension Ledger {
    package func neighbours(of header: BatchHeader) throws(SQLiteError) -> Neighbours {
        guard let epoch = try epochID(header.gateway, header.epoch) else { return Neighbours() }
        return Neighbours(
            before: try digest("digest", epoch, header.sequence - 1),
            same: try digest("digest", epoch, header.sequence),
            previousOfNext: try digest("previous", epoch, header.sequence + 1))
    }

    /// Enters a batch whose file is durable.
    ///
    /// - Returns: up to which number all batches of the epoch are held.
    package func enter(
        _ inspected: Inspection, digest: SHA256Digest, at time: Timestamp
    ) throws(SQLiteError) -> UInt64 {
        let batch = inspected.batch
        let header = batch.header
        return try database.transaction { () throws(SQLiteError) in
            let epoch = try makeEpoch(header.gateway, header.epoch)
            try database.run(
                "INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                .integer(epoch), .integer(Int64(header.sequence)), .blob(digest.bytes),
                .blob(header.previous.bytes), .integer(Int64(header.counts.windows)),
                .integer(Int64(header.counts.logs)), .integer(Int64(header.counts.gaps)),
                .integer(Int64(batch.bytes.count)), .integer(Int64(header.rawSize)),
                .integer(header.from.microseconds), .integer(header.to.microseconds),
                .integer(time.microseconds), .integer(Int64(header.counts.events)),
                .integer(Int64(header.counts.samples)), .integer(Int64(inspected.revised)),
                .integer(Int64(inspected.amended)))
            try enter(inspected.gaps, of: epoch)
            // What nobody can have written is counted anew.
            var complete = max(
                0,
                try database.integer(
                    "SELECT complete_through FROM epochs WHERE id = ?", .integer(epoch)))
            while try holds(epoch, complete &+ 1) { complete += 1 }
            try database.run(
                "UPDATE epochs SET complete_through = ? WHERE id = ?", .integer(complete),
                .integer(epoch))
            return UInt64(complete)
        }
    }

    package func countDuplicate(of header: BatchHeader) throws(SQLiteError) {
        try database.run(
            "UPDATE epochs SET duplicates = duplicates + 1 WHERE gateway = ? AND epoch = ?",
            .text(header.gateway), .blob(header.epoch.bytes))
    }

    /// The newest refusals alone are kept: a gateway may repeat one for ever.
    package static let refusalsKept: Int64 = 1_000

    package func enterRefusal(
        of header: BatchHeader, reason: String, at time: Timestamp
    ) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            let epoch = try makeEpoch(header.gateway, header.epoch)
            try database.run(
                "UPDATE epochs SET conflicts = conflicts + 1 WHERE id = ?", .integer(epoch))
            try database.run(
                """
                INSERT INTO refusals (time, gateway, epoch, sequence, reason)
                VALUES (?, ?, ?, ?, ?)
                """,
                .integer(time.microseconds), .text(header.gateway), .blob(header.epoch.bytes),
                .integer(Int64(header.sequence)), .text(reason))
            try database.run(
                "DELETE FROM refusals WHERE id <= (SELECT max(id) FROM refusals) - ?",
                .integer(Self.refusalsKept))
        }
    }

    /// The highest number up to which all batches are held; 0 where the first is missing.
    package func completeThrough(
        _ gateway: String, _ epoch: Epoch
    ) throws(SQLiteError) -> UInt64 {
        let complete = try database.integer(
            "SELECT complete_through FROM epochs WHERE gateway = ? AND epoch = ?",
            .text(gateway), .blob(epoch.bytes))
        return UInt64(clamping: complete)
    }

    private func epochID(_ gateway: String, _ epoch: Epoch) throws(SQLiteError) -> Int64? {
        try database.first(
            "SELECT id FROM epochs WHERE gateway = ? AND epoch = ?", .text(gateway),
            .blob(epoch.bytes)
        ) { $0.integer(0) }
    }

    private func makeEpoch(_ gateway: String, _ epoch: Epoch) throws(SQLiteError) -> Int64 {
        if let known = try epochID(gateway, epoch) { return known }
        try database.run(
            "INSERT INTO epochs (gateway, epoch) VALUES (?, ?)", .text(gateway),
            .blob(epoch.bytes))
        return try database.integer("SELECT last_insert_rowid()")
    }

    private func holds(_ epoch: Int64, _ sequence: Int64) throws(SQLiteError) -> Bool {
        try database.first(
            "SELECT 1 FROM batches WHERE epoch = ? AND sequence = ?", .integer(epoch),
            .integer(sequence)
        ) { _ in true } ?? false
    }

    private func digest(
        _ column: String, _ epoch: Int64, _ sequence: UInt64
    ) throws(SQLiteError) -> SHA256Digest? {
        let bytes = try database.first(
            "SELECT \(column) FROM batches WHERE epoch = ? AND sequence = ?", .integer(epoch),
            .integer(Int64(sequence))
        ) { $0.blob(0) }
        return bytes.flatMap { SHA256Digest(bytes: $0) }
    }
}
