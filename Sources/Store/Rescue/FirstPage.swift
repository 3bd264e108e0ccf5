internal import Files
internal import SQLite

#if canImport(Glibc)
    internal import Glibc
#endif

/// The first page of the store's file, without which SQLite reads nothing: kept beside it,
/// since it changes with the schema alone but for a few numbers.
struct FirstPage {
    /// Bytes; `PRAGMA page_size`.
    private static let size = 4_096
    /// Of the store.
    let file: String

    private var copy: String { "\(file).page1" }

    /// To be called while the file is sound, and its first page not in the log alone.
    ///
    /// - Parameter connection: to the file.
    func keep(from connection: Connection) throws(StoreError) {
        do {
            try keep(connection.beginning(Self.size))
        } catch let error as SQLiteError {
            throw .file(file, error)
        } catch let error as FileError {
            throw .beside(error)
        } catch {
            throw .damaged(file, .corrupt("\(error)"))
        }
    }

    private func keep(_ page: [UInt8]) throws(FileError) {
        let kept = DurableFile.exists(copy) ? try DurableFile.read(copy) : []
        guard page != kept else { return }
        try DurableFile.write(page, to: copy)
    }

    /// Puts the kept page back, and what was there beside it, under `.page1-damaged`.
    ///
    /// - Returns: false where none was kept.
    func restore() throws(FileError) -> Bool {
        guard DurableFile.exists(copy), DurableFile.exists(file) else { return false }
        var page = try DurableFile.read(copy)
        let damaged = try DurableFile.read(file, limit: Self.size - 1)
        guard page.count == Self.size, damaged.count == Self.size else { return false }
        try DurableFile.write(damaged, to: "\(copy)-damaged")
        // The file's size in pages, no free pages, and a change counter that vouches for the
        // size (https://sqlite.org/fileformat2.html, section 1.3).
        let pages = UInt32(clamping: try DurableFile.size(file) / Self.size)
        page.put(pages, at: 28)
        page.put(0, at: 32)
        page.put(0, at: 36)
        page.replaceSubrange(92..<96, with: page[24..<28])
        try DurableFile.overwrite(file, with: page)
        return true
    }
}

extension [UInt8] {
    fileprivate mutating func put(_ value: UInt32, at offset: Int) {
        for index in 0..<4 {
            self[offset + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index))
        }
    }
}
