/// A file as one connection has it open.
final class DiskHandle {
    let disk: DiskState
    let file: DiskFile
    let name: String
    /// Of the disk when it was opened; none but the present one's is served.
    let life: Int
    let deletesOnClose: Bool
    /// The folder is to be synced with the file the next time, as SQLite does with a journal.
    var syncsFolder: Bool
    let powersafe: Bool
    var seenFailures: Int
    /// SQLITE_LOCK_NONE ... SQLITE_LOCK_EXCLUSIVE
    var lock: Int32 = 0
    var index: SharedIndex?

    init(
        _ file: DiskFile, name: String, on disk: DiskState, deletesOnClose: Bool,
        syncsFolder: Bool, powersafe: Bool
    ) {
        self.disk = disk
        self.file = file
        self.name = name
        self.deletesOnClose = deletesOnClose
        self.syncsFolder = syncsFolder
        self.powersafe = powersafe
        life = disk.life
        seenFailures = file.failures
    }
}
