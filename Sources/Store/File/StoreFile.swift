internal import Files
package import SQLite
internal import Wire

/// The gateway's one SQLite file: opened, brought to the present schema, checked.
package enum StoreFile {
    package static let name = "tidegate.sqlite"

    /// - Parameters:
    ///   - directory: must exist.
    ///   - machine: what tells this machine from others; `nil` where nothing does.
    ///   - fileSystem: of SQLite; `nil` for the system's.
    package static func open(
        directory: String, gateway: String, machine: String? = nil, fileSystem: String? = nil
    ) throws(StoreError) -> Connection {
        try open("\(directory)/\(name)", gateway, machine, fileSystem)
    }

    static func open(
        _ path: String, _ gateway: String, _ machine: String?, _ fileSystem: String?
    ) throws(StoreError) -> Connection {
        do {
            let connection = try Connection(path: path, fileSystem: fileSystem)
            do {
                try prepare(connection, path, gateway, machine)
            } catch {
                // The witness may say that there is one.
                connection.keepLog()
                throw error
            }
            return connection
        } catch let error as SQLiteError {
            throw .file(path, error)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .damaged(path, .corrupt("\(error)"))
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
            case .unusable(let number):
                throw .beside(FileError(path, "use it", number: number))
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
            connection.keepLog()
            throw .file(path, error)
        }
        connection.keepLog()
        throw .damaged(path, .corrupt("has no epoch"))
    }

    private static func prepare(
        _ connection: Connection, _ path: String, _ gateway: String, _ machine: String?
    ) throws {
        // Only an empty file takes these two.
        try connection.execute("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL")
        try connection.execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = OFF;
            PRAGMA journal_size_limit = 16777216;
            PRAGMA cache_size = -4096;
            PRAGMA temp_store = MEMORY;
            """)
        // A PRAGMA that is not taken says nothing: look.
        let mode = try connection.first("PRAGMA journal_mode") { $0.text(0) }
        guard mode == "wal" else {
            throw StoreError.unfit(
                path, "SQLite can't keep a write-ahead log here; use a local disk")
        }
        let synchronous = try connection.integer("PRAGMA synchronous")
        let secureDelete = try connection.integer("PRAGMA secure_delete")
        guard synchronous == 2, secureDelete == 0, !connection.assumesPowersafeOverwrite else {
            throw StoreError.unfit(
                path,
                "synchronous is \(synchronous) where 2 (FULL) was set, "
                    + "secure_delete is \(secureDelete) where 0 was set; use a local disk")
        }
        let version = try connection.integer("PRAGMA user_version")
        switch version {
        case Schema.version: break
        case 0: try create(in: connection, gateway, machine)
        case 1..<Schema.version:
            try connection.transaction { () throws(SQLiteError) in
                try Schema.migrate(connection, from: version)
            }
        default: throw StoreError.damaged(path, .newer(version))
        }
        let owner = try connection.metaText("gateway")
        guard owner == gateway else {
            throw StoreError.damaged(path, .foreign(owner: owner ?? ""))
        }
        guard let machine else { return }
        switch try connection.metaText("machine") {
        case machine: break
        // Written before machines were told apart.
        case nil: try connection.setMeta("machine", .text(machine))
        default: throw StoreError.damaged(path, .otherMachine)
        }
    }

    private static func create(
        in connection: Connection, _ gateway: String, _ machine: String?
    ) throws(SQLiteError) {
        var generator = SystemRandomNumberGenerator()
        let epoch = Epoch(using: &generator)
        try connection.transaction { () throws(SQLiteError) in
            try Schema.create(in: connection)
            try connection.setMeta("gateway", .text(gateway))
            try connection.setMeta("epoch", .text(epoch.description))
            if let machine { try connection.setMeta("machine", .text(machine)) }
        }
        // The first page into the file: see `FirstPage`.
        try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
}
