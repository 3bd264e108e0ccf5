internal import struct Simulator.SplitMix

/// What happens to a store while the gateway is down.
enum Harm: CaseIterable, Sendable {
    case pagesOverwritten, bytesFlipped, fileTruncated, fileRemoved
    case logRemoved, logTruncated, logOverwritten
    case newerVersion, otherMachine
    /// Pages are overwritten under the running gateway.
    case pagesOverwrittenWhileRunning

    /// For the table.
    var name: String {
        switch self {
        case .pagesOverwritten: "store: pages overwritten"
        case .bytesFlipped: "store: bytes changed"
        case .fileTruncated: "store: file truncated"
        case .fileRemoved: "store: file gone"
        case .logRemoved: "store: write-ahead log gone"
        case .logTruncated: "store: write-ahead log truncated"
        case .logOverwritten: "store: write-ahead log overwritten"
        case .newerVersion: "store of a newer version"
        case .otherMachine: "store of another machine"
        case .pagesOverwrittenWhileRunning: "store: pages overwritten under the gateway"
        }
    }

    /// Whether the gateway was killed before; `nil`: either.
    var needsCrash: Bool? {
        switch self {
        // A gateway that ends in order leaves no log.
        case .logRemoved, .logTruncated, .logOverwritten, .pagesOverwrittenWhileRunning: true
        // To write these, the store is opened, which would do away with the log.
        case .newerVersion, .otherMachine: false
        default: nil
        }
    }

    /// Whatever is hit, the store can't be gone on with.
    var isAlwaysSetAside: Bool {
        switch self {
        case .logRemoved, .newerVersion, .otherMachine: true
        default: false
        }
    }

    func apply(to store: StoreFiles, _ random: inout SplitMix) throws {
        switch self {
        case .pagesOverwritten, .pagesOverwrittenWhileRunning: try store.overwritePages(&random)
        case .bytesFlipped: try store.flipBytes(&random)
        case .fileTruncated: try store.truncate(&random)
        case .fileRemoved: try store.remove()
        case .logRemoved: try store.removeLog()
        case .logTruncated: try store.truncateLog(&random)
        case .logOverwritten: try store.overwriteLog(&random)
        case .newerVersion: try store.makeNewer()
        case .otherMachine: try store.moveToAnotherMachine()
        }
    }
}
