internal import CSQLite

/// A result code of SQLite.
struct DiskError: Error {
    let code: Int32

    init(_ code: Int32) { self.code = code }

    static let read = SQLITE_IOERR | 1 << 8
    static let shortRead = SQLITE_IOERR | 2 << 8
    static let write = SQLITE_IOERR | 3 << 8
    static let sync = SQLITE_IOERR | 4 << 8
    static let folderSync = SQLITE_IOERR | 5 << 8
    static let truncate = SQLITE_IOERR | 6 << 8
    static let delete = SQLITE_IOERR | 10 << 8
    static let indexSize = SQLITE_IOERR | 19 << 8
    static let deleteNothing = SQLITE_IOERR | 23 << 8
}
