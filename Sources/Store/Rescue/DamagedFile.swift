internal import SQLite

/// A store's file opened to read what can be read.
enum DamagedFile {
    /// `nil` where SQLite finds no tables at all.
    ///
    /// - Parameter mends: whether the first page may be put back where it can't be read.
    static func open(_ path: String, mends: Bool = false) -> Connection? {
        if let connection = open(path) { return connection }
        guard mends, (try? FirstPage(file: path).restore()) == true else { return nil }
        return open(path)
    }

    private static func open(_ path: String) -> Connection? {
        guard let connection = try? Connection(path: path, readOnly: true) else { return nil }
        // Else SQLite refuses a file that is shorter than its header says.
        try? connection.execute("PRAGMA writable_schema = ON")
        let tables = try? connection.integer("SELECT count(*) FROM sqlite_schema")
        return tables ?? 0 > 0 ? connection : nil
    }
}
