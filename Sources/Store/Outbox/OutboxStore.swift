package import Core
internal import SQLite
internal import Threading
package import Wire

/// The side of the store that records go out by: blocks are sealed into batches, batches
/// wait for the receiver's yes. On a thread of its own, with a connection of its own.
package actor OutboxStore {
    private let executor = ThreadExecutor(name: "outbox")
    private let connection: Connection
    private let path: String
    private let gateway: String
    package private(set) var epoch: Epoch

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    package init(
        directory: String, gateway: String, fileSystem: String? = nil
    ) throws(StoreError) {
        connection = try StoreFile.open(
            directory: directory, gateway: gateway, fileSystem: fileSystem)
        path = "\(directory)/\(StoreFile.name)"
        self.gateway = gateway
        epoch = try StoreFile.epoch(in: connection, path: path)
    }

    /// The oldest batch that the receiver has not confirmed, beyond the given one.
    package func batch(after number: UInt64) throws(StoreError) -> StoredBatch? {
        do throws(SQLiteError) {
            let row = try connection.first(
                """
                SELECT number, sequence, data FROM batch
                WHERE number > ? ORDER BY number LIMIT 1
                """, .integer(Int64(clamping: number))
            ) { (number: $0.integer(0), sequence: $0.integer(1), data: $0.blob(2)) }
            guard let row else { return nil }
            guard let number = UInt64(exactly: row.number) else {
                throw SQLiteError.corrupt("a batch of number \(row.number)", "batch")
            }
            // As the receiver will read it.
            let header = try? Batch(bytes: row.data).header
            return StoredBatch(
                number: number, sequence: header?.sequence ?? UInt64(clamping: row.sequence),
                bytes: row.data)
        } catch {
            throw .file(path, error)
        }
    }

    /// Seals the oldest records into the next batch, once there are enough of them.
    ///
    /// - Parameters:
    ///   - size: bytes decompressed, from which on a batch is worth sealing.
    ///   - before: records from before this time are sealed however few they are.
    /// - Returns: whether there is a new batch.
    package func seal(size: Int, before: Timestamp, now: Timestamp) throws(StoreError) -> Bool {
        do {
            let blocks = try OutboxTable.oldest(upTo: size, in: connection)
            guard let oldest = blocks.first else { return false }
            // From the future: the clock was set back, and nobody knows how old they are.
            let isDue = oldest.created <= before || oldest.created > now
            guard OutboxTable.areEnough(blocks, for: size) || isDue else { return false }
            try seal(blocks, now: now)
            return true
        } catch {
            throw .file(path, error)
        }
    }

    private func seal(
        _ blocks: [OutboxTable.Block], now: Timestamp
    ) throws(SQLiteError) {
        let draft = try Draft(blocks, now: now) { number throws(SQLiteError) in
            try SeriesTable.series(number, in: connection)
        }
        var chain = try Chain(gateway: gateway, epoch: epoch, in: connection)
        var records = draft.records
        records.gaps += draft.newGaps
        let batch = chain.seal(records)
        try connection.transaction { () throws(SQLiteError) in
            for unreadable in draft.unreadable {
                try SetAsideTable.insert(
                    unreadable.block.data, "outbox block \(unreadable.block.number)",
                    reason: unreadable.reason, at: now, in: connection)
            }
            try BatchTable.insert(batch, in: connection)
            try GapCounters.add(draft.newGaps, in: connection)
            try chain.write(to: connection)
            try OutboxTable.remove(draft.blocks, in: connection)
        }
    }

    /// The receiver holds the batch durably: it may go.
    package func confirm(_ number: UInt64) throws(StoreError) {
        try remove(number) { () throws(SQLiteError) in }
    }

    /// The receiver will never take the batch: it is kept aside, and a gap record says so.
    ///
    /// - Parameter isFork: the receiver knows another history of the batch's epoch, since the
    ///   store was copied, put back, or lost its last commits. The store goes on under a new
    ///   epoch.
    package func setAside(
        _ number: UInt64, reason: String, isFork: Bool = false, now: Timestamp
    ) throws(StoreError) {
        var epoch = epoch
        try remove(number) { () throws(SQLiteError) in
            let row = try connection.first(
                "SELECT records, data FROM batch WHERE number = ?", .integer(Int64(number))
            ) { (records: $0.integer(0), data: $0.blob(1)) }
            guard let row else { return }
            let batch = try? Batch(bytes: row.data)
            let header = batch?.header
            let what = "batch \(header?.sequence ?? number)"
            try SetAsideTable.insert(row.data, what, reason: reason, at: now, in: connection)
            // Nothing is wrong with what it says was lost: that goes again.
            let gaps =
                isFork ? (try? batch?.records(limit: IngestStore.blockLimit))?.gaps ?? [] : []
            let gap = GapRecord(
                cause: .batchRefused, subject: what, from: header?.from ?? now,
                to: header?.to ?? now,
                count: UInt64(
                    clamping: [row.records, -Int64(gaps.count)].saturatingSum),
                detail: "refused by the receiver: \(reason); kept aside in the store")
            try GapCounters.add([gap], in: connection)
            try OutboxTable.insert(
                RecordSet(gaps: [gap] + gaps), at: now, in: connection, areGapsCounted: true)
            if isFork, header?.epoch == epoch { epoch = try beginEpoch() }
        }
        self.epoch = epoch
    }

    private func beginEpoch() throws(SQLiteError) -> Epoch {
        var generator = SystemRandomNumberGenerator()
        let epoch = Epoch(using: &generator)
        try connection.setMeta("epoch", .text(epoch.description))
        try Chain(gateway: gateway, epoch: epoch).write(to: connection)
        return epoch
    }

    private func remove(
        _ number: UInt64, after body: () throws(SQLiteError) -> Void
    ) throws(StoreError) {
        do {
            try connection.transaction { () throws(SQLiteError) in
                try body()
                try BatchTable.remove(number, in: connection)
                // Gives pages back to the file system, a few at a time.
                try connection.run("PRAGMA incremental_vacuum(64)")
            }
        } catch {
            throw .file(path, error)
        }
    }

    package func figures() throws(StoreError) -> OutboxFigures {
        do {
            return try OutboxFigures(connection)
        } catch {
            throw .file(path, error)
        }
    }
}
