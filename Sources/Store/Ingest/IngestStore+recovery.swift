package import Core
internal import SQLite
internal import Zstd

extension IngestStore {
    /// The number of a plan with this text, new where there is none yet.
    package func number(ofPlan text: String) throws(StoreError) -> Int64 {
        do {
            let known = try connection.first(
                "SELECT number FROM plan WHERE text = ? ORDER BY number DESC",
                PlanText.value(text)
            ) { $0.integer(0) }
            if let known { return known }
            try connection.run("INSERT INTO plan (text) VALUES (?)", PlanText.value(text))
            return try connection.integer("SELECT max(number) FROM plan")
        } catch {
            throw .file(path, error)
        }
    }

    package func plan(_ number: Int64) throws(StoreError) -> String? {
        do {
            let data = try connection.first(
                "SELECT text FROM plan WHERE number = ?", .integer(number)
            ) { $0.blob(0) }
            return try data.map(PlanText.text)
        } catch let error as SQLiteError {
            throw .file(path, error)
        } catch {
            throw damagedState("plan \(number): \(error)")
        }
    }

    /// The texts of all configurations that the gateway ran under.
    package func plans() throws(StoreError) -> [String] {
        var texts: [[UInt8]] = []
        do {
            try connection.each("SELECT text FROM plan ORDER BY number") {
                texts.append($0.blob(0))
            }
        } catch {
            throw .file(path, error)
        }
        // One that can't be read is found where it is needed.
        return texts.compactMap { try? PlanText.text($0) }
    }

    /// What was in force when the last snapshot was taken.
    package func lastSnapshot() throws(StoreError) -> RecoveredSnapshot? {
        do {
            guard let place = try SnapshotTable.Place(connection) else { return nil }
            let parts = try SnapshotTable.all(in: connection)
            guard try place.isSound(parts: parts.count, in: connection) else {
                throw FormatError.malformed(
                    "its numbers are not as they were written, or parts are missing")
            }
            return RecoveredSnapshot(
                parts: parts, block: place.block, plan: place.plan,
                series: try SeriesTable.all(0..<place.series, in: connection))
        } catch let error as SQLiteError {
            throw .file(path, error)
        } catch {
            throw damagedState("the snapshot: \(error)")
        }
    }

    /// Those that there are from this number on.
    package func series(from number: Int) throws(StoreError) -> [Series] {
        do {
            return try SeriesTable.all(Int64(number)..<nextSeries, in: connection)
        } catch let error as SQLiteError {
            throw .file(path, error)
        } catch {
            throw damagedState("the series: \(error)")
        }
    }

    package func damagedState(_ what: String) -> StoreError { .damaged(path, .state(what)) }

    /// Each block of the journal that there is, oldest first.
    package func eachBlock(
        _ body: (_ number: Int64, _ bytes: Int, [JournalEntry]) throws -> Void
    ) throws(StoreError) {
        var number: Int64 = 0
        do {
            while let (next, data) = try connection.first(
                "SELECT number, data FROM journal WHERE number > ? ORDER BY number LIMIT 1",
                .integer(number), read: { ($0.integer(0), $0.blob(1)) })
            {
                number = next
                let raw = try Zstd.decompress(data, limit: Self.blockLimit)
                try body(number, raw.count, try JournalBlock.decode(raw))
            }
        } catch let error as SQLiteError {
            throw .file(path, error)
        } catch {
            throw damagedState("journal block \(number): \(error)")
        }
    }
}
