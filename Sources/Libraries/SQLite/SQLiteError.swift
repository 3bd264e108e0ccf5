internal import CSQLite

/// What SQLite answered, and to what.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// SQLite's extended result code (https://sqlite.org/rescode.html).
    package let code: Int32
    package let message: String
    /// The statement or the file.
    package let subject: String

    /// For what SQLite reads without a complaint and nobody can have written.
    package static func corrupt(_ what: String, _ subject: String) -> SQLiteError {
        SQLiteError(SQLITE_CORRUPT, what, subject)
    }

    /// SQLITE_IOERR_FSYNC, whose macro Swift does not import.
    static let failedSync = SQLITE_IOERR | 4 << 8

    /// One of SQLite's I/O errors, with an extended code that SQLite does not give.
    static let lostLog = SQLITE_IOERR | 255 << 8

    /// What a failed sync left of the log can't be read back: this process writes no more, one
    /// that begins anew takes what the disk has.
    package var needsNewProcess: Bool { code == Self.lostLog }
    /// The disk is full: nothing is broken, there is just no room.
    package var isFull: Bool { code & 0xff == SQLITE_FULL }
    /// Another connection holds the lock.
    package var isBusy: Bool { code & 0xff == SQLITE_BUSY }
    /// The file is damaged or no database at all.
    package var isCorrupt: Bool { [SQLITE_CORRUPT, SQLITE_NOTADB].contains(code & 0xff) }

    package var description: String { "SQLite: \(message) (code \(code)) at: \(subject)" }
}

extension SQLiteError {
    init(_ code: Int32, _ message: String, _ subject: String) {
        self.init(code: code, message: message, subject: subject)
    }
}
