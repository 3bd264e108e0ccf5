internal import SQLite

/// The tables, and how those of an older version become the present ones. docs/storage.md
/// explains each.
enum Schema {
    static let version: Int64 = 2

    /// Inside the caller's transaction, on an empty file.
    static func create(in connection: Connection) throws(SQLiteError) {
        try connection.execute(tables)
        try connection.execute(batches)
        try connection.execute("PRAGMA user_version = \(version)")
    }

    /// Inside the caller's transaction.
    ///
    /// - Parameter version: one that was released, older than the present one.
    static func migrate(
        _ connection: Connection, from version: Int64
    ) throws(SQLiteError) {
        if version < 2 {
            try connection.execute("ALTER TABLE batch RENAME TO batch_1")
            try connection.execute(batches)
            try connection.execute(
                """
                INSERT INTO batch SELECT sequence, sequence, records, data FROM batch_1;
                UPDATE counter SET value = (SELECT count(*) FROM batch) WHERE name = 'batches';
                DROP TABLE batch_1;
                """)
        }
        try connection.execute("PRAGMA user_version = \(Self.version)")
    }

    private static let tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE plan (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
        CREATE TABLE series (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE journal (
            number INTEGER PRIMARY KEY, messages INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE snapshot (part INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE outbox (
            number INTEGER PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL,
            records INTEGER NOT NULL, raw_bytes INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE dead_letter (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL,
            topic BLOB NOT NULL, reason TEXT NOT NULL, payload BLOB NOT NULL);
        CREATE TABLE set_aside (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL,
            what TEXT NOT NULL, reason TEXT NOT NULL, data BLOB NOT NULL);
        INSERT INTO counter VALUES ('outbox_records', 0), ('batch_records', 0);
        """

    /// Since version 2: a batch's own number is of its epoch alone.
    private static let batches = """
        CREATE TABLE batch (
            number INTEGER PRIMARY KEY AUTOINCREMENT, sequence INTEGER NOT NULL,
            records INTEGER NOT NULL, data BLOB NOT NULL);
        INSERT INTO counter VALUES ('batches', 0);
        """
}
