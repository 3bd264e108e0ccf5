internal import Glibc
internal import SQLite

/// What the receiver holds: a row a batch, in STORAGE/ledger.sqlite. Its owner's thread
/// alone uses it.
package final class Ledger {
    let database: Connection

    private static let version: Int64 = 3
    private static let schema = """
        CREATE TABLE epochs (
            -- In the order of first arrival.
            id INTEGER PRIMARY KEY,
            gateway TEXT NOT NULL,
            epoch BLOB NOT NULL,
            -- All batches from 1 to this one are held.
            complete_through INTEGER NOT NULL DEFAULT 0,
            duplicates INTEGER NOT NULL DEFAULT 0,
            conflicts INTEGER NOT NULL DEFAULT 0,
            UNIQUE (gateway, epoch)
        ) STRICT;
        CREATE TABLE batches (
            epoch INTEGER NOT NULL REFERENCES epochs (id),
            sequence INTEGER NOT NULL,
            digest BLOB NOT NULL,
            previous BLOB NOT NULL,
            windows INTEGER NOT NULL,
            logs INTEGER NOT NULL,
            gaps INTEGER NOT NULL,
            bytes_wire INTEGER NOT NULL,
            bytes_raw INTEGER NOT NULL,
            -- Of the records; as all times, microseconds since 1970.
            time_from INTEGER NOT NULL,
            time_to INTEGER NOT NULL,
            arrived INTEGER NOT NULL,
            PRIMARY KEY (epoch, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE refusals (
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            gateway TEXT NOT NULL,
            epoch BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        """

    /// What the batches of schema 1 had none of.
    private static let kindsSchema = """
        ALTER TABLE batches ADD COLUMN events INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE batches ADD COLUMN samples INTEGER NOT NULL DEFAULT 0;
        -- Of the windows: those that take the place of one sent before.
        ALTER TABLE batches ADD COLUMN revised INTEGER NOT NULL DEFAULT 0;
        -- Of the windows: those that are to be added to another.
        ALTER TABLE batches ADD COLUMN amended INTEGER NOT NULL DEFAULT 0;
        """

    /// Opens the ledger to write, and makes it where there is none.
    package init(writingIn storage: Storage) throws(StorageError) {
        let problem: String?
        do throws(SQLiteError) {
            database = try Connection(path: storage.ledger)
            problem = try Self.makeDurable(database)
        } catch {
            throw .database(storage.ledger, error)
        }
        if let problem {
            throw .unusable(storage.ledger, problem: problem, advice: "use a local file system")
        }
        do throws(SQLiteError) {
            try database.transaction { () throws(SQLiteError) in
                switch try database.integer("PRAGMA user_version") {
                case 0:
                    try database.execute(Self.schema)
                    try database.execute(Self.gapSchema)
                    try database.execute(Self.kindsSchema)
                case 1:
                    try database.execute(Self.gapSchema)
                    try sumUpGaps(in: storage)
                    try database.execute(Self.kindsSchema)
                case 2: try database.execute(Self.kindsSchema)
                default: return
                }
                try database.execute("PRAGMA user_version = \(Self.version)")
            }
        } catch {
            throw .database(storage.ledger, error)
        }
        try checkVersion(storage)
    }

    /// Opens the ledger to read, beside a receiver that may be running.
    package init(readingIn storage: Storage) throws(StorageError) {
        guard access(storage.ledger, R_OK) == 0 else {
            throw .unusable(
                storage.ledger, problem: "no ledger here (\(String(cString: strerror(errno))))",
                advice: "give the folder that `tidegate-receiver serve --storage` was given")
        }
        do {
            database = try Connection(path: storage.ledger, readOnly: true)
        } catch {
            throw .database(storage.ledger, error)
        }
        try checkVersion(storage)
    }

    private func checkVersion(_ storage: Storage) throws(StorageError) {
        let version: Int64
        do {
            version = try database.integer("PRAGMA user_version")
        } catch {
            throw .database(storage.ledger, error)
        }
        guard version == Self.version else {
            throw .unusable(
                storage.ledger, problem: "is a ledger of version \(version), not \(Self.version)",
                advice: version < Self.version
                    ? "start the receiver, which brings it up to date"
                    : "use the program that wrote it, or a newer one")
        }
    }

    /// - Returns: which setting does not hold: a pragma that SQLite can't do fails in silence.
    private static func makeDurable(_ database: Connection) throws(SQLiteError) -> String? {
        let mode = try database.first("PRAGMA journal_mode = WAL") { $0.text(0) }
        // After WAL: FULL alone makes each commit survive a power cut.
        try database.execute("PRAGMA synchronous = FULL")
        let synchronous = try database.integer("PRAGMA synchronous")
        // Nothing here is secret; overwriting what is freed doubles the writes.
        try database.execute("PRAGMA secure_delete = OFF")
        if mode != "wal" { return "SQLite can't keep a write-ahead log here" }
        return synchronous == 2 ? nil : "SQLite does not sync each commit here"
    }
}
