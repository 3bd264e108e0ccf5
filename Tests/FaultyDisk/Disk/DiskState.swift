internal import CSQLite
internal import Glibc
internal import Simulator
internal import Synchronization

/// The disk behind its VFS. All of it is behind one lock, which nobody holds while waiting.
final class DiskState: @unchecked Sendable {
    private let mutex = Mutex(())
    let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    private let sectorSize: Int
    private var generator: SplitMix
    private var directory = Directory()
    private var made = 0
    private(set) var life = 0
    private(set) var isOff = false
    private var counts: [FaultyDisk.Operation: Int] = [:]
    private var used = 0
    var faults = Faults()
    private static let lives = Atomic(0)

    init(seed: UInt64, sectorSize: Int) {
        self.sectorSize = sectorSize
        generator = SplitMix(seed: seed)
        vfs.initialize(to: sqlite3_vfs())
        let number = Self.lives.wrappingAdd(1, ordering: .relaxed).newValue
        vfs.pointee.zName = UnsafePointer(strdup("faulty-disk-\(number)"))
        VFS.fill(vfs, for: self)
    }

    deinit {
        free(UnsafeMutableRawPointer(mutating: vfs.pointee.zName))
        vfs.deallocate()
    }

    var name: String { String(cString: vfs.pointee.zName) }

    func locked<T>(_ body: () -> T) -> T { mutex.withLock { _ in body() } }

    func count(of operation: FaultyDisk.Operation) -> Int { counts[operation] ?? 0 }
    var files: [String: DiskFile] { directory.files }
    func random() -> UInt64 { generator.next() }

    // MARK: Ends of life

    func cutPower() { isOff = true }

    /// The machine starts again, on what the medium holds.
    func restart(_ fate: FaultyDisk.Fate?) {
        var damage = PowerCutDamage(fate, seed: generator.next())
        directory.settle(&damage)
        var seen: [DiskFile] = []
        for file in directory.files.values where !seen.contains(where: { $0 === file }) {
            seen.append(file)
        }
        for file in seen.sorted(by: { $0.number < $1.number }) { file.settle(&damage) }
        used = seen.reduce(0) { $0 + $1.size }
        endProcess()
        isOff = false
        faults.cut = nil
    }

    /// As SIGKILL does: what was written stays in the page cache.
    func endProcess() {
        for file in directory.files.values { file.release() }
        life += 1
    }

    // MARK: Faults

    /// Counts the operation.
    /// - Returns: what becomes of it; `nil` if it goes well.
    private func fault(at operation: FaultyDisk.Operation) -> Fault? {
        guard !isOff else { return .off }
        let count = (counts[operation] ?? 0) + 1
        counts[operation] = count
        switch faults.cut {
        case .write(count) where operation == .write, .sync(count) where operation == .sync:
            isOff = true
            return .off
        default: break
        }
        if faults.failing[operation]?.contains(count) == true { return .broken }
        if operation == .write, let from = faults.fullFrom, count >= from { return .full }
        return nil
    }

    private enum Fault { case off, broken, full }

    // MARK: Files

    func open(
        _ name: String?, flags: Int32, powersafe: Bool
    ) -> Result<DiskHandle, DiskError> {
        guard !isOff else { return .failure(DiskError(SQLITE_IOERR)) }
        let name = name ?? "unnamed-\(made)"
        let file: DiskFile
        if let known = directory.files[name] {
            file = known
        } else {
            guard flags & SQLITE_OPEN_CREATE != 0 else {
                return .failure(DiskError(SQLITE_CANTOPEN))
            }
            made += 1
            file = DiskFile(number: made, sectorSize: sectorSize)
            directory.set(name, file)
        }
        let journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL
        let handle = DiskHandle(
            file, name: name, on: self, deletesOnClose: flags & SQLITE_OPEN_DELETEONCLOSE != 0,
            // As os_unix.c has it: whether it was there before or not.
            syncsFolder: flags & SQLITE_OPEN_CREATE != 0 && flags & journals != 0,
            powersafe: powersafe)
        file.handles.append(handle)
        return .success(handle)
    }

    func close(_ handle: DiskHandle) {
        unmap(handle)
        handle.file.handles.removeAll { $0 === handle }
        if handle.deletesOnClose, isServed(handle) { directory.set(handle.name, nil) }
    }

    func delete(_ name: String, syncsFolder: Bool) -> Int32 {
        guard !isOff else { return SQLITE_IOERR }
        guard let file = directory.files[name] else { return DiskError.deleteNothing }
        switch fault(at: .write) {
        case nil, .full: break
        case .off: return SQLITE_IOERR
        case .broken: return DiskError.delete
        }
        used -= file.size
        directory.set(name, nil)
        guard syncsFolder else { return SQLITE_OK }
        return syncFolder(of: name) ? SQLITE_OK : DiskError.folderSync
    }

    func size(of name: String) -> Int? { isOff ? nil : directory.files[name]?.size }

    func isServed(_ handle: DiskHandle) -> Bool { !isOff && handle.life == life }

    // MARK: Reading and writing

    func read(
        _ handle: DiskHandle, _ target: UnsafeMutableRawPointer, _ count: Int, at offset: Int
    ) -> Int32 {
        guard isServed(handle) else { return SQLITE_IOERR }
        guard fault(at: .read) == nil else { return DiskError.read }
        let there = handle.file.read(target, count, at: offset)
        guard there < count else { return SQLITE_OK }
        (target + there).initializeMemory(as: UInt8.self, repeating: 0, count: count - there)
        return DiskError.shortRead
    }

    func write(
        _ handle: DiskHandle, _ source: UnsafeRawPointer, _ count: Int, at offset: Int
    ) -> Int32 {
        guard isServed(handle) else { return SQLITE_IOERR }
        let file = handle.file
        var fault = fault(at: .write)
        let growth = max(0, offset + count - file.size)
        if fault == nil, let capacity = faults.capacity, growth > 0, used + growth > capacity {
            fault = .full
        }
        // What fails may have been done in part.
        let written = fault == nil ? count : Int(generator.next() % UInt64(count + 1))
        if fault == nil || fault == .broken {
            let before = file.size
            file.write(source, written, at: offset)
            used += file.size - before
        }
        switch fault {
        case nil: return SQLITE_OK
        case .off: return SQLITE_IOERR
        case .broken: return DiskError.write
        case .full: return SQLITE_FULL
        }
    }

    func truncate(_ handle: DiskHandle, to size: Int) -> Int32 {
        guard isServed(handle) else { return SQLITE_IOERR }
        switch fault(at: .write) {
        case nil, .full: break
        case .off: return SQLITE_IOERR
        case .broken: return DiskError.truncate
        }
        used += size - handle.file.size
        handle.file.truncate(to: size)
        return SQLITE_OK
    }

    func sync(_ handle: DiskHandle) -> Int32 {
        guard isServed(handle) else { return SQLITE_IOERR }
        let fault = fault(at: .sync)
        switch fault {
        case nil, .full: handle.file.sync()
        case .off: return SQLITE_IOERR
        case .broken: handle.file.failSync()
        }
        cutAfterSync()
        if handle.seenFailures < handle.file.failures {
            handle.seenFailures = handle.file.failures
            return DiskError.sync
        }
        // os_unix.c does not look at how this ends.
        if handle.syncsFolder, !isOff { _ = syncFolder(of: handle.name) }
        handle.syncsFolder = false
        return isOff ? SQLITE_IOERR : SQLITE_OK
    }

    /// What of the file was not synced is synced now, and what an earlier sync failed to write
    /// is no longer to be seen.
    func dropCache(of name: String, by handle: DiskHandle) -> Int32 {
        guard isServed(handle) else { return SQLITE_IOERR }
        guard let file = directory.files[name] else { return SQLITE_OK }
        switch fault(at: .sync) {
        case nil, .full: file.sync()
        case .off: return SQLITE_IOERR
        case .broken: file.failSync()
        }
        cutAfterSync()
        file.dropCache()
        return isOff ? SQLITE_IOERR : SQLITE_OK
    }

    func syncFolder(by handle: DiskHandle) -> Int32 {
        guard isServed(handle) else { return SQLITE_IOERR }
        return syncFolder(of: handle.name) ? SQLITE_OK : DiskError.sync
    }

    func evict() { for file in directory.files.values { file.dropCache() } }

    private func syncFolder(of name: String) -> Bool {
        guard fault(at: .sync) == nil else { return false }
        directory.sync(around: name)
        cutAfterSync()
        return !isOff
    }

    private func cutAfterSync() {
        if faults.cut == .afterSync(count(of: .sync)) { isOff = true }
    }

    // MARK: Locks of the file

    func lock(_ handle: DiskHandle, _ wanted: Int32) -> Int32 {
        guard isServed(handle) else { return SQLITE_IOERR }
        guard handle.lock < wanted else { return SQLITE_OK }
        let others = handle.file.handles.lazy.filter { $0 !== handle }.map(\.lock)
        let highest = others.max() ?? SQLITE_LOCK_NONE
        switch wanted {
        case SQLITE_LOCK_SHARED:
            guard highest < SQLITE_LOCK_PENDING else { return SQLITE_BUSY }
        case SQLITE_LOCK_RESERVED:
            guard highest < SQLITE_LOCK_RESERVED else { return SQLITE_BUSY }
        default:
            guard highest < SQLITE_LOCK_RESERVED else { return SQLITE_BUSY }
            guard highest == SQLITE_LOCK_NONE else {
                handle.lock = SQLITE_LOCK_PENDING
                return SQLITE_BUSY
            }
        }
        handle.lock = wanted
        return SQLITE_OK
    }

    func isReserved(_ handle: DiskHandle) -> Bool {
        handle.file.handles.contains { $0.lock >= SQLITE_LOCK_RESERVED }
    }

    // MARK: The wal-index

    func map(
        _ handle: DiskHandle, region: Int, size: Int, extend: Bool
    ) -> Result<UnsafeMutableRawPointer?, DiskError> {
        guard isServed(handle) else { return .failure(DiskError(SQLITE_IOERR)) }
        let index = handle.index ?? handle.file.index ?? SharedIndex()
        if handle.index == nil {
            handle.index = index
            handle.file.index = index
            index.users += 1
        }
        guard region >= index.count else { return .success(index.region(region, size: size)) }
        guard extend else { return .success(nil) }
        let isFull = faults.fullFrom.map { count(of: .write) + 1 >= $0 } ?? false
        // It is a file on the same disk.
        guard !isFull else { return .failure(DiskError(DiskError.indexSize)) }
        return .success(index.region(region, size: size))
    }

    func unmap(_ handle: DiskHandle) {
        guard let index = handle.index else { return }
        index.unlock(0..<8, by: ObjectIdentifier(handle))
        index.users -= 1
        if index.users == 0, handle.file.index === index { handle.file.index = nil }
        handle.index = nil
    }

    func lockIndex(
        _ handle: DiskHandle, _ locks: Range<Int>, isLock: Bool, alone: Bool
    ) -> Int32 {
        guard isServed(handle), let index = handle.index else { return SQLITE_IOERR }
        let holder = ObjectIdentifier(handle)
        if isLock {
            return index.lock(locks, alone: alone, by: holder) ? SQLITE_OK : SQLITE_BUSY
        }
        index.unlock(locks, by: holder)
        return SQLITE_OK
    }
}
