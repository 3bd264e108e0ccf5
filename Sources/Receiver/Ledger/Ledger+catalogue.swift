internal import Core
package import OpenSSL
package import SQLite
package import Wire

/// An epoch that the ledger knows.
package struct LedgerEpoch: Hashable, Sendable {
    let id: Int64
    package let gateway: String
    package let epoch: Epoch
    /// The first batch that was refused, since the gateway's store had gone back to an older
    /// state and went on otherwise; `nil` where none was.
    let fork: UInt64?
}

/// A batch that the ledger knows.
package struct LedgerBatch: Hashable, Sendable {
    package let sequence: UInt64
    package let digest: SHA256Digest
    /// Bytes.
    package let size: Int
    /// Whether some of its windows are revisions or amendments.
    let isMoreThanResults: Bool
}

extension Ledger {
    /// By gateway, then by first arrival.
    package func epochs(of gateway: String? = nil) throws(SQLiteError) -> [LedgerEpoch] {
        var epochs: [LedgerEpoch] = []
        try database.each(
            """
            SELECT id, gateway, epoch,
                coalesce((SELECT min(sequence) FROM refusals
                    WHERE refusals.gateway = epochs.gateway
                        AND refusals.epoch = epochs.epoch), 0)
            FROM epochs WHERE gateway = ifnull(?, gateway) ORDER BY gateway, id
            """,
            .text(gateway)
        ) { row in
            guard let epoch = Epoch(bytes: row.blob(2)) else { return }
            let refused = UInt64(clamping: row.integer(3))
            epochs.append(
                LedgerEpoch(
                    id: row.integer(0), gateway: row.text(1), epoch: epoch,
                    fork: refused > 0 ? refused : nil))
        }
        return epochs
    }

    /// The next batches in order, a page at a time, so that no reading lasts long: it would
    /// keep the writer's log from being emptied.
    ///
    /// - Parameter span: batches with records in this time only.
    package func page(
        of epoch: LedgerEpoch, after sequence: UInt64, in span: ExportSpan
    ) throws(SQLiteError) -> [LedgerBatch] {
        var batches: [LedgerBatch] = []
        try database.each(
            """
            SELECT sequence, digest, bytes_wire, revised + amended FROM batches
            WHERE epoch = ? AND sequence > ? AND time_to >= ? AND time_from < ?
            ORDER BY sequence LIMIT 256
            """,
            .integer(epoch.id), .integer(Int64(sequence)), .integer(span.from.microseconds),
            .integer(span.to.microseconds)
        ) { row throws(SQLiteError) in
            guard let digest = SHA256Digest(bytes: row.blob(1)) else { return }
            guard let sequence = UInt64(exactly: row.integer(0)) else {
                throw .corrupt("a batch of number \(row.integer(0))", "batches")
            }
            batches.append(
                LedgerBatch(
                    sequence: sequence, digest: digest, size: Int(row.integer(2)),
                    isMoreThanResults: row.integer(3) > 0))
        }
        return batches
    }
}
