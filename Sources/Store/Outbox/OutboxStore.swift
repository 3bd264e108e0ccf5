package import Core
internal import OpenSSL
internal import SQLite
internal import Threading
package import Wire
internal import Zstd

/// The side of the store that records go out by: blocks are sealed into batches, batches
/// wait for the receiver's yes. On a thread of its own, with a connection of its own.
package actor OutboxStore {
    private let executor = ThreadExecutor(name: "outbox")
    private let connection: Connection
    private let path: String
    private let gateway: String
    package let epoch: Epoch

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
        do {
            return try connection.first(
                """
                SELECT number, sequence, data FROM batch
                WHERE number > ? ORDER BY number LIMIT 1
                """, .integer(Int64(clamping: number))
            ) { row in
                StoredBatch(
                    number: UInt64(row.integer(0)), sequence: UInt64(row.integer(1)),
                    bytes: row.blob(2))
            }
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
            let total = blocks.reduce(0) { $0 + $1.rawBytes }
            // From the future: the clock was set back, and nobody knows how old they are.
            let isDue = oldest.created <= before || oldest.created > now
            guard total >= size || isDue else { return false }
            return try seal(blocks, now: now)
        } catch let error as SQLiteError {
            throw .file(path, error)
        } catch {
            throw .damaged(path, "\(error)")
        }
    }

    private func seal(_ blocks: [OutboxTable.Block], now: Timestamp) throws -> Bool {
        var records = RecordSet()
        var setAside: [(OutboxTable.Block, String)] = []
        for block in blocks {
            do {
                let raw = try Zstd.decompress(block.data, limit: IngestStore.blockLimit)
                records.append(try RecordSet(decoding: raw, closed: false))
            } catch {
                setAside.append((block, "\(error)"))
            }
        }
        for (block, reason) in setAside {
            records.gaps.append(
                GapRecord(
                    cause: .unreadable, subject: "outbox block \(block.number)",
                    from: block.created, to: now, count: UInt64(block.records),
                    detail: "can't be read, set aside: \(reason)"))
        }
        let known = try series(of: records)
        let windows = records.windows.count
        records.windows.removeAll { known[$0.series] == nil }
        if records.windows.count < windows {
            records.gaps.append(
                GapRecord(
                    cause: .unreadable, subject: "series", from: blocks[0].created, to: now,
                    count: UInt64(windows - records.windows.count),
                    detail: "windows whose series the store has lost"))
        }
        let sequence = UInt64(try connection.meta("last_sequence") ?? 0) + 1
        let previous =
            try connection.metaBlob("last_digest").flatMap { SHA256Digest(bytes: $0) } ?? .zero
        let batch = Batch(
            sealing: records.resolved { known[$0]! }, gateway: gateway, epoch: epoch,
            sequence: sequence, previous: previous)
        try connection.transaction { () throws(SQLiteError) in
            for (block, reason) in setAside {
                try SetAsideTable.insert(
                    block.data, "outbox block \(block.number)", reason: reason, at: now,
                    in: connection)
            }
            try BatchTable.insert(batch, in: connection)
            try connection.setMeta("last_sequence", .integer(Int64(sequence)))
            try connection.setMeta("last_digest", .blob(batch.digest.bytes))
            try connection.run(
                "DELETE FROM outbox WHERE number <= ?", .integer(blocks[blocks.count - 1].number))
            try connection.add(-blocks.reduce(0) { $0 + $1.records }, to: "outbox_records")
        }
        return true
    }

    /// Those that can be read.
    private func series(of records: RecordSet) throws(SQLiteError) -> [SeriesID: Series] {
        var known: [SeriesID: Series] = [:]
        for number in Set(records.windows.map(\.series)) {
            let data = try connection.first(
                "SELECT data FROM series WHERE number = ?", .integer(Int64(number))
            ) { $0.blob(0) }
            var reader = ByteReader(data ?? [])
            known[number] = try? reader.series()
        }
        return known
    }

    /// The receiver holds the batch durably: it may go.
    package func confirm(_ number: UInt64) throws(StoreError) {
        try remove(number) { () throws(SQLiteError) in }
    }

    /// The receiver will never take the batch: it is kept aside, and a gap record says so.
    package func setAside(
        _ number: UInt64, reason: String, now: Timestamp
    ) throws(StoreError) {
        try remove(number) { () throws(SQLiteError) in
            let data = try connection.first(
                "SELECT data FROM batch WHERE number = ?", .integer(Int64(number))
            ) { $0.blob(0) }
            guard let data else { return }
            let header = try? Batch(bytes: data).header
            let what = "batch \(header?.sequence ?? number)"
            try SetAsideTable.insert(data, what, reason: reason, at: now, in: connection)
            let gap = GapRecord(
                cause: .batchRefused, subject: what, from: header?.from ?? now,
                to: header?.to ?? now, count: UInt64(header?.counts.total ?? 0),
                detail: "refused by the receiver: \(reason)")
            try OutboxTable.insert(RecordSet(gaps: [gap]), at: now, in: connection)
        }
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
