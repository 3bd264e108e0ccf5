internal import CSQLite

/// What SQLite calls of an open file.
enum FileMethods {
    nonisolated(unsafe) static let table: UnsafePointer<sqlite3_io_methods> = {
        let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        table.initialize(to: sqlite3_io_methods())
        table.pointee.iVersion = 2
        fillFile(table)
        fillLocks(table)
        fillIndex(table)
        return UnsafePointer(table)
    }()

    private static func fillFile(_ table: UnsafeMutablePointer<sqlite3_io_methods>) {
        table.pointee.xClose = { file in
            guard let file, let handle = OpenFile.take(file) else { return SQLITE_OK }
            handle.disk.locked { handle.disk.close(handle) }
            return SQLITE_OK
        }
        table.pointee.xRead = { file, target, count, offset in
            guard let target else { return SQLITE_IOERR }
            return OpenFile.with(file) { $0.disk.read($0, target, Int(count), at: Int(offset)) }
        }
        table.pointee.xWrite = { file, source, count, offset in
            guard let source else { return SQLITE_IOERR }
            return OpenFile.with(file) { $0.disk.write($0, source, Int(count), at: Int(offset)) }
        }
        table.pointee.xTruncate = { file, size in
            OpenFile.with(file) { $0.disk.truncate($0, to: Int(size)) }
        }
        table.pointee.xSync = { file, _ in OpenFile.with(file) { $0.disk.sync($0) } }
        table.pointee.xFileSize = { file, size in
            OpenFile.with(file) { handle in
                guard handle.disk.isServed(handle) else { return SQLITE_IOERR }
                size?.pointee = sqlite3_int64(handle.file.size)
                return SQLITE_OK
            }
        }
        table.pointee.xFileControl = { file, operation, _ in
            // What `Connection` asks for, beyond SQLite.
            OpenFile.with(file) { handle in
                switch operation {
                case 7_461: handle.disk.dropCache(of: "\(handle.name)-wal", by: handle)
                case 7_462: handle.disk.syncFolder(by: handle)
                default: SQLITE_NOTFOUND
                }
            }
        }
        // As os_unix.c says of every device; what is damaged is smaller.
        table.pointee.xSectorSize = { _ in 4_096 }
        table.pointee.xDeviceCharacteristics = { file in
            OpenFile.with(file) { $0.powersafe ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0 }
        }
    }

    private static func fillLocks(_ table: UnsafeMutablePointer<sqlite3_io_methods>) {
        table.pointee.xLock = { file, lock in OpenFile.with(file) { $0.disk.lock($0, lock) } }
        table.pointee.xUnlock = { file, lock in
            OpenFile.with(file) { handle in
                handle.lock = min(handle.lock, lock)
                return SQLITE_OK
            }
        }
        table.pointee.xCheckReservedLock = { file, answer in
            OpenFile.with(file) { handle in
                answer?.pointee = handle.disk.isReserved(handle) ? 1 : 0
                return SQLITE_OK
            }
        }
    }

    private static func fillIndex(_ table: UnsafeMutablePointer<sqlite3_io_methods>) {
        table.pointee.xShmMap = { file, region, size, extend, target in
            OpenFile.with(file) { handle in
                let mapped = handle.disk.map(
                    handle, region: Int(region), size: Int(size), extend: extend != 0)
                switch mapped {
                case .failure(let error):
                    target?.pointee = nil
                    return error.code
                case .success(let memory):
                    target?.pointee = memory
                    return SQLITE_OK
                }
            }
        }
        table.pointee.xShmLock = { file, first, count, flags in
            OpenFile.with(file) { handle in
                handle.disk.lockIndex(
                    handle, Int(first)..<Int(first + count),
                    isLock: flags & SQLITE_SHM_LOCK != 0,
                    alone: flags & SQLITE_SHM_EXCLUSIVE != 0)
            }
        }
        // To take a lock and let it go is a barrier.
        table.pointee.xShmBarrier = { file in _ = OpenFile.with(file) { _ in SQLITE_OK } }
        table.pointee.xShmUnmap = { file, _ in
            OpenFile.with(file) { handle in
                handle.disk.unmap(handle)
                return SQLITE_OK
            }
        }
    }
}
