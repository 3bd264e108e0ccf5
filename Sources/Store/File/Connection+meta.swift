package import SQLite

extension Connection {
    func meta(_ key: String) throws(SQLiteError) -> Int64? {
        try first("SELECT value FROM meta WHERE key = ?", .text(key)) { $0.integer(0) }
    }

    func metaBlob(_ key: String) throws(SQLiteError) -> [UInt8]? {
        try first("SELECT value FROM meta WHERE key = ?", .text(key)) { $0.blob(0) }
    }

    package func metaText(_ key: String) throws(SQLiteError) -> String? {
        try first("SELECT value FROM meta WHERE key = ?", .text(key)) { $0.text(0) }
    }

    func setMeta(_ key: String, _ value: Value) throws(SQLiteError) {
        try run("INSERT OR REPLACE INTO meta VALUES (?, ?)", .text(key), value)
    }

    package func counter(_ name: String) throws(SQLiteError) -> Int64 {
        try integer("SELECT value FROM counter WHERE name = ?", .text(name))
    }

    func add(_ amount: Int64, to counter: String) throws(SQLiteError) {
        try run(
            "UPDATE counter SET value = value + ? WHERE name = ?", .integer(amount), .text(counter))
    }
}
