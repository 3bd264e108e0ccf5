internal import Files

#if canImport(Glibc)
    internal import Glibc
#endif

/// What stands in the store's lock file, apart from the store: that there is one, and
/// whether it was closed. So its loss, or that of its log, does not look like a fresh start.
enum Witness: String {
    /// In use, or left without a word: the write-ahead log must be there.
    case open
    /// Closed in order: all is in the file itself.
    case closed

    private static let prefix = "store "

    /// `nil` where there was no store yet, or an older version kept no witness.
    init?(_ lock: borrowing DirectoryLock) {
        let text = String(decoding: lock.content, as: UTF8.self)
        guard text.hasPrefix(Self.prefix) else { return nil }
        self.init(rawValue: text.dropFirst(Self.prefix.count).trimmingNewline)
    }

    func write(to lock: borrowing DirectoryLock, path: String) throws(StoreError) {
        do throws(DirectoryLock.Failure) {
            try lock.setContent(Array("\(Self.prefix)\(rawValue)\n".utf8))
        } catch {
            var number: Int32 = 0
            if case .unusable(let reason) = error { number = reason }
            throw .beside(FileError(path, "write it", number: number))
        }
    }

    /// What the files beside the lock say against it.
    func contradiction(file: String) -> Damage? {
        guard Self.size(file) > 0 else { return .fileMissing }
        // A log has a header of 32 bytes (https://sqlite.org/fileformat2.html, section 4).
        if self == .open, Self.size("\(file)-wal") < 32 { return .logMissing }
        return nil
    }

    private static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}

extension Substring {
    fileprivate var trimmingNewline: String { String(self).filter { $0 != "\n" } }
}
