internal import CSQLite

/// SQLite's own memory for an open file: its part, and behind it our handle.
struct OpenFile {
    var base: sqlite3_file
    var handle: Unmanaged<DiskHandle>?

    static func put(_ handle: DiskHandle, in file: UnsafeMutablePointer<sqlite3_file>) {
        UnsafeMutableRawPointer(file).initializeMemory(
            as: OpenFile.self,
            to: OpenFile(
                base: sqlite3_file(pMethods: FileMethods.table),
                handle: Unmanaged.passRetained(handle)))
    }

    static func take(_ file: UnsafeMutablePointer<sqlite3_file>) -> DiskHandle? {
        let memory = UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self)
        defer { memory.pointee.handle = nil }
        return memory.pointee.handle?.takeRetainedValue()
    }

    /// Calls `body` with the handle, under the disk's lock.
    static func with(
        _ file: UnsafeMutablePointer<sqlite3_file>?, _ body: (DiskHandle) -> Int32
    ) -> Int32 {
        guard let file else { return SQLITE_IOERR }
        let memory = UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self)
        guard let handle = memory.pointee.handle else { return SQLITE_IOERR }
        return handle._withUnsafeGuaranteedRef { handle in
            handle.disk.locked { body(handle) }
        }
    }
}
