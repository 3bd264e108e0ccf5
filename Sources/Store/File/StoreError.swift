package import SQLite

#if canImport(Glibc)
    internal import Glibc
#endif

/// Why the store can't be used: which file, what is wrong, what to do.
package enum StoreError: Error, Sendable, CustomStringConvertible {
    case file(String, SQLiteError)
    case damaged(String, String)
    /// Another process writes the store.
    case held(String)
    /// The lock's file can't be opened; `errno`.
    case unusable(String, Int32)
    /// Written by a newer version of Tidegate.
    case newer(String, Int64)
    /// The store of another gateway.
    case foreign(String, owner: String, gateway: String)

    package var description: String {
        switch self {
        case .file(let path, let error):
            switch true {
            case error.isFull: "\(path): the disk is full; make room, nothing is lost meanwhile"
            case error.isCorrupt:
                "\(path): damaged (\(error.message)); keep the file, and move it away to start anew"
            default:
                "\(path): \(error.message); check that the directory exists, that this user may "
                    + "write there and that the disk is well"
            }
        case .damaged(let path, let what):
            "\(path): \(what); keep the file, and move it away to start anew"
        case .held(let path):
            "\(path): another gateway runs on this store; stop it, or use another directory"
        case .unusable(let path, let number):
            "\(path): can't be opened (\(String(cString: strerror(number)))); check that the "
                + "directory exists and that this user may write there"
        case .newer(let path, let version):
            "\(path): schema \(version), and this program knows \(Schema.version); update it"
        case .foreign(let path, let owner, let gateway):
            "\(path): belongs to gateway '\(owner)', not to '\(gateway)'; "
                + "use another directory, or the name it was made with"
        }
    }
}
