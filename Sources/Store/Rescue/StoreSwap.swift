internal import Files

#if canImport(Glibc)
    internal import Glibc
#endif

/// Puts a new store in the place of another, which keeps its files under a dated name. What
/// a crash leaves half done is finished at the next start.
struct StoreSwap {
    let directory: String
    let lock: DirectoryLock

    private static let endings = ["", "-wal", "-shm", ".page1", ".page1-damaged"]
    private var file: String { "\(directory)/\(StoreFile.name)" }
    /// Where the new store is made.
    var draft: String { "\(file).new" }
    /// Holds the dated name; from when it is there until all is done.
    private var intent: String { "\(directory)/tidegate.swap" }

    /// For a draft that is whole, durable and closed.
    ///
    /// - Parameter name: of the file that the other one becomes.
    /// - Throws: `StoreError` with nothing changed where the draft's log has not gone into it: it
    ///   would stay behind.
    func swap(aside name: String) throws(StoreError) {
        guard !DurableFile.exists("\(draft)-wal") else {
            throw .unfit(
                draft,
                "its write-ahead log did not go into the file; look at the disk and make "
                    + "room on it, then start the gateway again")
        }
        try filing { () throws(FileError) in
            try DurableFile.write(Array(name.utf8), to: intent)
        }
        try finish()
    }

    /// Does what was intended, if anything; removes a draft that was not finished.
    func finish() throws(StoreError) {
        if DurableFile.exists(intent) {
            try filing { () throws(FileError) in try exchange() }
            // All of the new store is in its file.
            try Witness.closed.write(to: lock, path: directory)
        }
        try filing { () throws(FileError) in
            try DurableFile.remove(intent)
            for ending in Self.endings { try DurableFile.remove("\(draft)\(ending)") }
            try DurableFile.syncFolder(directory)
        }
    }

    private func exchange() throws(FileError) {
        guard DurableFile.exists(draft) else { return }
        let name = String(decoding: try DurableFile.read(intent), as: UTF8.self)
        for ending in Self.endings {
            try DurableFile.rename("\(file)\(ending)", to: "\(directory)/\(name)\(ending)")
        }
        try DurableFile.syncFolder(directory)
        try DurableFile.rename(draft, to: file)
        try DurableFile.syncFolder(directory)
    }

    private func filing(_ file: () throws(FileError) -> Void) throws(StoreError) {
        do throws(FileError) { try file() } catch { throw .beside(error) }
    }
}
