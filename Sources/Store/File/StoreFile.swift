internal import Files
package import SQLite
internal import Wire

/// The gateway's one SQLite file: opened, brought to the present schema, checked.
package enum StoreFile {
    package static let name = "tidegate.sqlite"

    /// - Parameters:
    ///   - directory: must exist.
    ///   - fileSystem: of SQLite; `nil` for the system's.
    package static func open(
        directory: String, gateway: String, fileSystem: String? = nil
    ) throws(StoreError) -> Connection {
        let path = "\(directory)/\(name)"
        do {
            let connection = try Connection(path: path, fileSystem: fileSystem)
            try prepare(connection, path: path, gateway: gateway)
            return connection
        } catch let error as SQLiteError {
            throw .file(path, error)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .damaged(path, "\(error)")
        }
    }

    /// Held for the life of the process that writes.
    static func lock(directory: String) throws(StoreError) -> DirectoryLock {
        let path = "\(directory)/tidegate.lock"
        do {
            return try DirectoryLock(path)
        } catch {
            switch error {
            case .held: throw .held(path)
            case .unusable(let number): throw .unusable(path, number)
            }
        }
    }

    /// For a person who looks while the gateway runs, or after it.
    package static func openReadOnly(directory: String) throws(StoreError) -> Connection {
        let path = "\(directory)/\(name)"
        do {
            return try Connection(path: path, readOnly: true)
        } catch {
            throw .file(path, error)
        }
    }

    static func epoch(in connection: Connection, path: String) throws(StoreError) -> Epoch {
        do {
            if let text = try connection.metaText("epoch"), let epoch = Epoch(text) {
                return epoch
            }
        } catch {
            throw .file(path, error)
        }
        throw .damaged(path, "has no epoch")
    }

    private static func prepare(
        _ connection: Connection, path: String, gateway: String
    ) throws {
        // Only an empty file takes these two.
        try connection.execute("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL")
        try connection.execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = OFF;
            PRAGMA wal_autocheckpoint = 1000;
            PRAGMA journal_size_limit = 16777216;
            PRAGMA cache_size = -4096;
            PRAGMA temp_store = MEMORY;
            """)
        // A PRAGMA that is not taken says nothing: look.
        let synchronous = try connection.integer("PRAGMA synchronous")
        let secureDelete = try connection.integer("PRAGMA secure_delete")
        guard synchronous == 2, secureDelete == 0 else {
            throw StoreError.damaged(
                path,
                "synchronous is \(synchronous) where 2 (FULL) was set, "
                    + "secure_delete is \(secureDelete) where 0 was set")
        }
        let version = try connection.integer("PRAGMA user_version")
        switch version {
        case Schema.version: break
        case 0: try create(in: connection, gateway: gateway)
        case 1..<Schema.version:
            try connection.transaction { () throws(SQLiteError) in
                try Schema.migrate(connection, from: version)
            }
        default: throw StoreError.newer(path, version)
        }
        let owner = try connection.first("SELECT value FROM meta WHERE key = 'gateway'") {
            $0.text(0)
        }
        guard owner == gateway else {
            throw StoreError.foreign(path, owner: owner ?? "", gateway: gateway)
        }
    }

    private static func create(
        in connection: Connection, gateway: String
    ) throws(SQLiteError) {
        var generator = SystemRandomNumberGenerator()
        let epoch = Epoch(using: &generator)
        try connection.transaction { () throws(SQLiteError) in
            try Schema.create(in: connection)
            try connection.run(
                "INSERT INTO meta VALUES ('gateway', ?), ('epoch', ?)", .text(gateway),
                .text(epoch.description))
        }
    }
}
