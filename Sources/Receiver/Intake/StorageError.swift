package import Files
package import SQLite

/// What the disk or the database would not do.
package enum StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    case file(FileError)
    case database(String, SQLiteError)
    case unusable(String, problem: String, advice: String)

    package var description: String {
        switch self {
        case .file(let error): error.description
        case .database(let path, let error):
            "\(path): \(error.message) (SQLite code \(error.code)); \(Self.advice(error))"
        case .unusable(let path, let problem, let advice): "\(path): \(problem); \(advice)"
        }
    }

    private static func advice(_ error: SQLiteError) -> String {
        if error.isFull { return "make room on the disk" }
        if error.isBusy { return "another program holds the ledger: stop it" }
        if error.isCorrupt { return "put the ledger back from a backup" }
        return "check the path, the disk, and that this user may read and write there"
    }
}
