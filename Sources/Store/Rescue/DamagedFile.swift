internal import SQLite

/// A store's file opened to read what can be read.
enum DamagedFile {
    /// `nil` where SQLite finds no tables at all.
    static func open(_ path: String) -> Connection? {
        guard let connection = try? Connection(path: path, readOnly: true) else { return nil }
        // Else SQLite refuses a file that is shorter than its header says.
        try? connection.execute("PRAGMA writable_schema = ON")
        let tables = try? connection.integer("SELECT count(*) FROM sqlite_schema")
        return tables ?? 0 > 0 ? connection : nil
    }
}
