internal import Core
internal import SQLite
internal import Store

/// A gateway's connections to its store, as long as it runs.
struct OpenStore {
    let ingest: IngestStore
    let outbox: OutboxStore
    /// Who checkpoints and checks.
    let keeper: Connection
    /// Who looks.
    var visitor: Connection?

    static let gateway = "gateway-1"

    init(directory: String, disk: String) throws {
        ingest = try IngestStore(
            directory: directory, gateway: Self.gateway, deadLetterLimit: Script.deadLetterLimit,
            fileSystem: disk)
        _ = try ingest.number(ofPlan: "plan")
        outbox = try OutboxStore(directory: directory, gateway: Self.gateway, fileSystem: disk)
        keeper = try Connection(path: "\(directory)/\(StoreFile.name)", fileSystem: disk)
    }

    mutating func look(directory: String, disk: String) throws {
        guard visitor == nil else { return }
        let path = "\(directory)/\(StoreFile.name)"
        let connection = try Connection(path: path, readOnly: true, fileSystem: disk)
        try connection.execute("BEGIN")
        _ = try connection.integer("SELECT count(*) FROM meta")
        visitor = connection
    }

    /// Each batch in it, oldest first.
    func batches() async throws -> [StoredBatch] {
        var batches: [StoredBatch] = []
        while let next = try await outbox.batch(after: batches.last?.number ?? 0) {
            batches.append(next)
        }
        return batches
    }

    /// Each block of the journal that is to be replayed: the number of its commit, and its
    /// entries.
    func journal() throws -> [(commit: Int, entries: [JournalEntry])] {
        var blocks: [(Int, [JournalEntry])] = []
        try ingest.eachBlock { _, _, entries in
            guard case .tick(let time)? = entries.first else { return }
            blocks.append((Int(time.microseconds / 1_000_000), entries))
        }
        return blocks
    }

    /// What the broker may hand over again, as of the last snapshot.
    func known() throws -> [JournalEntry] {
        var known: [JournalEntry] = []
        try ingest.eachBlock { _, _, entries in
            if case .known? = entries.first { known += entries }
        }
        return known
    }
}
