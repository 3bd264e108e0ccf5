package import Files
package import SQLite

/// Why the store can't be used: which file, what is wrong, what to do.
package enum StoreError: Error, Sendable, CustomStringConvertible {
    case file(String, SQLiteError)
    /// A rescue is due.
    case damaged(String, Damage)
    /// The file system or SQLite don't give what the store rests on.
    case unfit(String, String)
    /// Another process writes the store.
    case held(String)
    /// A file beside the store can't be used.
    case beside(FileError)

    /// What a rescue can mend.
    package var damage: Damage? {
        switch self {
        case .file(_, let error) where error.isCorrupt: .corrupt(error.message)
        case .damaged(_, let damage): damage
        case .file, .unfit, .held, .beside: nil
        }
    }

    /// Whether this process can't go on with the store, and the next one can.
    package var needsNewProcess: Bool {
        if case .file(_, let error) = self { error.needsNewProcess } else { false }
    }

    package var description: String {
        switch self {
        case .file(let path, let error):
            switch true {
            case error.isFull: "\(path): the disk is full; make room, nothing is lost meanwhile"
            case error.isCorrupt: "\(path): damaged (\(error.message)); \(Self.rescue)"
            default:
                "\(path): \(error.message); check that the directory exists, that this user may "
                    + "write there and that the disk is well"
            }
        case .damaged(let path, let damage): "\(path): \(damage); \(Self.rescue)"
        case .unfit(let path, let what): "\(path): \(what)"
        case .held(let path):
            "\(path): another gateway runs on this store; stop it, or use another directory"
        case .beside(let error): error.description
        }
    }

    private static let rescue =
        "the gateway sets it aside at its start; to look at it: tidegate store verify"
}
