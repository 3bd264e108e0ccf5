internal import SQLite

extension AuditReport {
    /// - Throws: `StorageError` where the ledger can't be read.
    package init(readingIn storage: Storage) throws(StorageError) {
        let ledger = try Ledger(readingIn: storage)
        do throws(SQLiteError) {
            self = try ledger.audit()
        } catch {
            throw .database(storage.ledger, error)
        }
    }
}
