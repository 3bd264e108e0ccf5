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
        for epochs in try epochsByGateway() {
            var merge = try merge(of: epochs)
            try forEachBatch(of: epochs) { source, batch, isBehindFork in
                var records: RecordSet
                do throws(StorageError) {
                    records = selection.applied(to: try read(batch, of: source))
                } catch {
                    whole = false
                    report("\(error)")
                    return
                }
                if !selection.isRaw {
                    records = forks.applied(to: records, of: source, isBehindFork: isBehindFork)
                }
                let (merged, amended) = merge.merged(records)
                try output.write(text.lines(of: merged, amended: amended, from: source))
            }
            for stray in merge.strays {
                try output.write(text.lines(of: stray.records, from: stray.source))
            }
        }
        try output.flush()
        if forks.dropped > 0 {
            report(
                "\(forks.dropped) records were sent again by a gateway whose store had gone back "
                    + "to an older state; the first of each is exported")
        }
        return whole
    }

    /// What is known of the selected windows of a gateway before the first is written.
    private func merge(of epochs: [LedgerEpoch]) throws -> WindowMerge {
        var merge = WindowMerge()
        guard selection.kind == .window, !selection.isRaw else { return merge }
        var forks = ForkFilter()
        try forEachBatch(of: epochs) { source, batch, isBehindFork in
            // The filter must see all that it goes by.
            guard batch.isMoreThanResults || isBehindFork,
                let records = try? read(batch, of: source)
            else { return }
            merge.note(
                forks.applied(
                    to: selection.applied(to: records), of: source, isBehindFork: isBehindFork),
                from: source)
        }
        return merge
    }

    /// Those that occur in the selected windows, the simple ones first. Damaged batches are
    /// for the second look to report.
    private func aggregates() throws -> [Aggregate] {
        guard selection.kind == .window else { return [] }
        var found: Set<Aggregate> = []
        for epochs in try epochsByGateway() {
            try forEachBatch(of: epochs) { source, batch, _ in
                guard let records = try? read(batch, of: source) else { return }
                for window in selection.applied(to: records).windows {
                    found.formUnion(window.layout.aggregates)
                }
            }
        }
        return found.sorted { $0.rank < $1.rank }
    }

    private func epochsByGateway() throws(StorageError) -> [[LedgerEpoch]] {
        let epochs = try asking { () throws(SQLiteError) in
            try ledger.epochs(of: selection.gateway)
        }
        var groups: [[LedgerEpoch]] = []
        for epoch in epochs {
            if groups.last?.last?.gateway == epoch.gateway {
                groups[groups.count - 1].append(epoch)
            } else {
                groups.append([epoch])
            }
        }
        return groups
    }

    /// - Parameter body: is told whether the batch is behind a fork, too.
    private func forEachBatch(
        of epochs: [LedgerEpoch], _ body: (RecordSource, LedgerBatch, Bool) throws -> Void
    ) throws {
        for epoch in epochs {
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
    fileprivate var rank: Int64 {
        switch self {
        case .quantile(let hundredths): 1_000 + Int64(hundredths)
        case .durationInState(let state): 1 << 33 + Int64(state)
        default: Int64(Self.simple.firstIndex(of: self) ?? 0)
        }
    }
}
