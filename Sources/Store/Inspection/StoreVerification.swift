internal import Core
internal import OpenSSL
internal import SQLite
internal import Wire
internal import Zstd

/// Whether all of a store can be read and agrees: SQLite's own check, and each row decoded.
package struct StoreVerification: Hashable, Sendable, CustomStringConvertible {
    package struct Part: Hashable, Sendable {
        package let name: String
        package internal(set) var contents = ""
        package internal(set) var faults: [String] = []
    }

    package private(set) var parts: [Part] = []
    private static let faultsShown = 10

    /// Reads alone; a gateway may run on the store.
    ///
    /// - Parameter file: a store's, under whatever name.
    /// - Throws: `StoreError` where nothing at all can be read.
    package init(file: String) throws(StoreError) {
        guard let connection = DamagedFile.open(file) else {
            throw .unfit(file, "no store that can be read; tidegate.sqlite is its usual name")
        }
        parts = [
            Self.file(connection, file), Self.integrity(connection), Self.journal(connection),
            Self.state(connection), Self.outbox(connection), Self.batches(connection),
            Self.kept(connection),
        ]
    }

    package var isSound: Bool { parts.allSatisfy(\.faults.isEmpty) }

    package var description: String {
        let width = parts.map(\.name.count).max() ?? 0
        let lines = parts.flatMap { part in
            let name = part.name + String(repeating: " ", count: width - part.name.count)
            let more = part.faults.count - Self.faultsShown
            return ["\(name)  \(part.contents)"]
                + part.faults.prefix(Self.faultsShown).map { "  FAULT \($0)" }
                + (more > 0 ? ["  FAULT and \(more) more"] : [])
        }
        let faults = parts.reduce(0) { $0 + $1.faults.count }
        return (lines + [faults == 0 ? "sound" : "\(faults) faults"]).joined(separator: "\n")
    }

    private static func file(_ connection: Connection, _ path: String) -> Part {
        var part = Part(name: "store")
        let version = (try? connection.integer("PRAGMA user_version")) ?? 0
        let pages = (try? connection.integer("PRAGMA page_count")) ?? 0
        let gateway = ((try? connection.metaText("gateway")) ?? nil) ?? "?"
        let epoch = ((try? connection.metaText("epoch")) ?? nil) ?? "?"
        part.contents =
            "\(path), \(pages &* 4) KiB, schema \(version), gateway \(gateway), epoch \(epoch)"
        if version > Schema.version { part.faults.append("\(Damage.newer(version))") }
        return part
    }

    private static func integrity(_ connection: Connection) -> Part {
        var part = Part(name: "pages")
        do {
            try connection.each("PRAGMA integrity_check(100)") { row in
                if row.text(0) != "ok" { part.faults.append(row.text(0)) }
            }
        } catch {
            part.faults.append(error.message)
        }
        part.contents = part.faults.isEmpty ? "SQLite finds nothing wrong" : "damaged"
        return part
    }

    private static func journal(_ connection: Connection) -> Part {
        var part = Part(name: "journal")
        var (blocks, messages): (Int, Int64) = (0, 0)
        part.read(connection, "journal", key: "number", "messages, data") { row in
            blocks += 1
            messages = [messages, row.integer(1)].saturatingSum
            return try JournalBlock.decode(unpacked(row.blob(2))).isEmpty ? "empty" : nil
        }
        part.contents = "\(blocks) commits, \(messages) messages"
        return part
    }

    private static func state(_ connection: Connection) -> Part {
        var part = Part(name: "state")
        var (snapshot, series, plans) = (0, 0, 0)
        part.read(connection, "snapshot", key: "part", "data") { row in
            snapshot += 1
            _ = try SnapshotTable.part(row.integer(0), decoding: row.blob(1))
            return nil
        }
        if let place = try? SnapshotTable.Place(connection),
            (try? place.isSound(parts: snapshot, in: connection)) == false
        {
            part.faults.append("the snapshot is not as it was written")
        }
        part.read(connection, "series", key: "number", "data") { row in
            defer { series += 1 }
            _ = try SeriesTable.series(row.integer(0), decoding: row.blob(1))
            return row.integer(0) == Int64(series) ? nil : "number \(series) is missing"
        }
        part.read(connection, "plan", key: "number", "text") { row in
            plans += 1
            _ = try PlanText.text(row.blob(1))
            return nil
        }
        part.contents = "\(snapshot) parts, \(series) series, \(plans) configurations"
        return part
    }

    private static func outbox(_ connection: Connection) -> Part {
        var part = Part(name: "outbox")
        var (blocks, records): (Int, Int64) = (0, 0)
        part.read(connection, "outbox", key: "number", "records, data") { row in
            blocks += 1
            records = [records, row.integer(1)].saturatingSum
            let set = try RecordSet(decoding: unpacked(row.blob(2)), closed: false)
            let counted = Int64(set.counts.total)
            return counted == row.integer(1) ? nil : "\(counted) records, not \(row.integer(1))"
        }
        part.contents = "\(records) records in \(blocks) blocks"
        part.expect(records, of: "outbox_records", in: connection)
        return part
    }

    private static func batches(_ connection: Connection) -> Part {
        var part = Part(name: "batches")
        var (count, records): (Int, Int64) = (0, 0)
        var last: BatchHeader?
        var digest = SHA256Digest.zero
        part.read(connection, "batch", key: "number", "records, data") { row in
            count += 1
            records = [records, row.integer(1)].saturatingSum
            let batch = try Batch(bytes: row.blob(2))
            _ = try batch.records(limit: IngestStore.blockLimit)
            defer { (last, digest) = (batch.header, batch.digest) }
            guard let before = last, before.epoch == batch.header.epoch,
                before.sequence &+ 1 == batch.header.sequence
            else { return nil }
            return batch.header.previous == digest ? nil : "does not follow the one before it"
        }
        part.contents = "\(records) records in \(count) sealed batches"
        part.expect(records, of: "batch_records", in: connection)
        part.expect(Int64(count), of: "batches", in: connection)
        return part
    }

    private static func kept(_ connection: Connection) -> Part {
        var part = Part(name: "kept")
        var (letters, aside) = (0, 0)
        part.read(connection, "dead_letter", key: "number", "topic, reason, payload") { _ in
            letters += 1
            return nil
        }
        part.read(connection, "set_aside", key: "number", "what, reason, data") { _ in
            aside += 1
            return nil
        }
        part.contents = "\(letters) dead letters, \(aside) set aside"
        return part
    }

    private static func unpacked(_ data: [UInt8]) throws -> [UInt8] {
        try Zstd.decompress(data, limit: IngestStore.blockLimit)
    }
}

extension StoreVerification.Part {
    /// - Parameter check: what is wrong with a row, if anything.
    fileprivate mutating func read(
        _ connection: Connection, _ table: String, key: String, _ columns: String,
        check: (Statement) throws -> String?
    ) {
        var salvage = RowSalvage(connection)
        var faults: [String] = []
        try? salvage.each(table, key: key, columns) { row throws(SQLiteError) in
            let place = "\(table) \(row.integer(0))"
            do {
                if let fault = try check(row) { faults.append("\(place): \(fault)") }
            } catch {
                faults.append("\(place): \(error)")
            }
        }
        if !salvage.isWhole { faults.append("\(table): some rows can't be read") }
        self.faults += faults
    }

    fileprivate mutating func expect(
        _ value: Int64, of counter: String, in connection: Connection
    ) {
        guard let counted = try? connection.counter(counter) else {
            faults.append("counter \(counter) can't be read")
            return
        }
        if counted != value { faults.append("counter \(counter) says \(counted), not \(value)") }
    }
}
