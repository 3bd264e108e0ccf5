import Foundation
import Glibc
import Store
import Testing

/// SQLite keeps other processes from its log with locks on the database file, and a process
/// loses all its locks on a file when it closes it anywhere.
@Suite struct FileLockTests {
    @Test func theDatabaseStaysLocked() throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "tidegate-lock-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try IngestStore(
            directory: directory, gateway: "gateway-1", deadLetterLimit: 10)
        #expect(try Self.isLocked("\(directory)/\(StoreFile.name)"))
        withExtendedLifetime(store) {}
    }

    /// Asks as somebody else: locks of an open file description meet those of the process.
    private static func isLocked(_ path: String) throws -> Bool {
        let file = open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(file) }
        // SQLite's range of shared locks (os.h, SHARED_FIRST and SHARED_SIZE).
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0002
        lock.l_len = 510
        let ask: Int32 = 36  // F_OFD_GETLK
        guard fcntl(file, ask, &lock) == 0 else { throw CocoaError(.fileReadUnknown) }
        return lock.l_type != Int16(F_UNLCK)
    }
}
