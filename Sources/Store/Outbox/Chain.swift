internal import Core
internal import OpenSSL
internal import SQLite
internal import Wire

/// The end of an epoch's chain of batches: what the next one is to say of itself.
struct Chain {
    let gateway: String
    let epoch: Epoch
    private var sequence: UInt64 = 0
    private var previous = SHA256Digest.zero

    /// The beginning of an epoch.
    init(gateway: String, epoch: Epoch) {
        self.gateway = gateway
        self.epoch = epoch
    }

    /// Where the store's own epoch has come to.
    init(
        gateway: String, epoch: Epoch, in connection: Connection
    ) throws(SQLiteError) {
        self.init(gateway: gateway, epoch: epoch)
        let last = try connection.meta("last_sequence") ?? 0
        guard let sequence = UInt64(exactly: last), last < .max else {
            throw .corrupt("a last batch of number \(last)", "last_sequence")
        }
        self.sequence = sequence
        previous =
            try connection.metaBlob("last_digest").flatMap { SHA256Digest(bytes: $0) } ?? .zero
    }

    /// Inside the caller's transaction.
    func write(to connection: Connection) throws(SQLiteError) {
        try connection.setMeta("last_sequence", .integer(Int64(sequence)))
        try connection.setMeta("last_digest", .blob(previous.bytes))
    }

    /// - Parameter records: complete with their series.
    mutating func seal(_ records: RecordSet) -> Batch {
        let batch = Batch(
            sealing: records, gateway: gateway, epoch: epoch, sequence: sequence + 1,
            previous: previous)
        sequence += 1
        previous = batch.digest
        return batch
    }
}
