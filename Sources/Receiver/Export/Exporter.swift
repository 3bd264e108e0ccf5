internal import Core
package import Export
internal import Files
internal import OpenSSL
internal import SQLite
internal import Wire

/// Writes what is held as text, a batch at a time: by gateway, epoch and number.
package struct Exporter {
    package enum Format: String, CaseIterable, Sendable {
        case ndjson, csv
    }

    private let storage: Storage
    private let ledger: Ledger
    private let selection: ExportSelection

    package init(storage: Storage, selection: ExportSelection) throws(StorageError) {
        self.storage = storage
        self.selection = selection
        ledger = try Ledger(readingIn: storage)
    }

    /// - Parameter report: told each batch that can't be read; the rest is exported.
    /// - Returns: whether all batches could be read.
    /// - Throws: `StorageError` where the ledger can't be read, `Output.Failure`.
    package func run(
        _ format: Format, to output: Output, report: (String) -> Void
    ) throws -> Bool {
        let text: any RecordText =
            switch format {
            case .ndjson: NDJSONText()
            case .csv: CSVText(selection.kind, aggregates: try aggregates())
            }
        var whole = true
        var forks = ForkFilter()
        try output.write(text.heading())
        try forEachBatch { source, batch, isBehindFork in
            let records: RecordSet
            do throws(StorageError) {
                records = forks.applied(
                    to: selection.applied(to: try read(batch, of: source)), of: source,
                    isBehindFork: isBehindFork)
            } catch {
                whole = false
                report("\(error)")
                return
            }
            try output.write(text.lines(of: records, from: source))
        }
        try output.flush()
        if forks.dropped > 0 {
            report(
                "\(forks.dropped) windows were sent again by a gateway whose store had gone back "
                    + "to an older state; the first of each is exported")
        }
        return whole
    }

    /// Those that occur in the selected windows, the simple ones first. Damaged batches are
    /// for the second look to report.
    private func aggregates() throws -> [Aggregate] {
        var found: Set<Aggregate> = []
        try forEachBatch { source, batch, _ in
            guard let records = try? read(batch, of: source) else { return }
            for window in selection.applied(to: records).windows {
                found.formUnion(window.layout.aggregates)
            }
        }
        return found.sorted { $0.rank < $1.rank }
    }

    private func forEachBatch(
        _ body: (RecordSource, LedgerBatch, Bool) throws -> Void
    ) throws {
        for epoch in try asking({ () throws(SQLiteError) in
            try ledger.epochs(of: selection.gateway)
        }) {
            var last: UInt64 = 0
            while true {
                let page = try asking { () throws(SQLiteError) in
                    try ledger.page(of: epoch, after: last, in: selection.span)
                }
                for batch in page {
                    let source = RecordSource(
                        gateway: epoch.gateway, epoch: epoch.epoch, sequence: batch.sequence)
                    let isBehindFork = epoch.fork.map { batch.sequence + 1 >= $0 } ?? false
                    try body(source, batch, isBehindFork)
                    last = batch.sequence
                }
                if page.isEmpty { break }
            }
        }
    }

    private func read(
        _ held: LedgerBatch, of source: RecordSource
    ) throws(StorageError) -> RecordSet {
        let path = storage.batch(source.gateway, source.epoch, source.sequence)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try DurableFile.read(path, limit: held.size)
        } catch {
            throw .file(error)
        }
        guard SHA256Digest(hashing: bytes) == held.digest else {
            throw .unusable(
                path, problem: "damaged: not the bytes that were received", advice: Self.advice)
        }
        do throws(FormatError) {
            let batch = try Batch(bytes: bytes)
            return try batch.records(limit: batch.header.rawSize)
        } catch {
            throw .unusable(path, problem: "can't be read: \(error)", advice: Self.advice)
        }
    }

    private static let advice = "left out; put the file back from a backup"

    private func asking<T>(_ ask: () throws(SQLiteError) -> T) throws(StorageError) -> T {
        do throws(SQLiteError) {
            return try ask()
        } catch {
            throw .database(storage.ledger, error)
        }
    }
}

extension Aggregate {
    /// The order of columns.
    fileprivate var rank: Int {
        if case .quantile(let hundredths) = self { return 100 + Int(hundredths) }
        return Self.simple.firstIndex(of: self) ?? 99
    }
}
