/// Why a store can't be gone on with as it is.
package enum Damage: Hashable, Sendable, CustomStringConvertible {
    /// SQLite can't read it, or something in it is not what was written.
    case corrupt(String)
    /// The core's state in it can't be read: journal, snapshot, plan.
    case state(String)
    /// There was a store, and its file is gone.
    case fileMissing
    /// Its write-ahead log is gone, and with it the last commits.
    case logMissing
    /// Written by a newer version of Tidegate.
    case newer(Int64)
    /// The store of another gateway.
    case foreign(owner: String)
    /// Copied from another machine, where it may be in use.
    case otherMachine

    package var description: String {
        switch self {
        case .corrupt(let what): "damaged (\(what))"
        case .state(let what): "the state of the windows can't be read (\(what))"
        case .fileMissing: "the store's file is gone"
        case .logMissing: "the write-ahead log is gone, and with it the last commits"
        case .newer(let version):
            "schema \(version) of a newer version, where this program knows \(Schema.version)"
        case .foreign(let owner): "belongs to gateway '\(owner)'"
        case .otherMachine: "made on another machine, where it may be in use"
        }
    }

    /// Whether what it holds is the end of its history, and this gateway's to ship.
    var isOurs: Bool {
        switch self {
        case .corrupt, .state: true
        case .fileMissing, .logMissing, .newer, .foreign, .otherMachine: false
        }
    }
}
