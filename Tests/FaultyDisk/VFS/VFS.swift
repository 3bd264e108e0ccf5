internal import CSQLite
internal import Glibc

/// What SQLite calls of a file system.
enum VFS {
    static func fill(_ vfs: UnsafeMutablePointer<sqlite3_vfs>, for disk: DiskState) {
        vfs.pointee.iVersion = 2
        vfs.pointee.szOsFile = Int32(MemoryLayout<OpenFile>.size)
        vfs.pointee.mxPathname = 1_024
        vfs.pointee.pAppData = Unmanaged.passUnretained(disk).toOpaque()
        vfs.pointee.xOpen = open
        vfs.pointee.xDelete = delete
        vfs.pointee.xAccess = access
        vfs.pointee.xFullPathname = { _, name, count, target in
            guard let name, let target, strlen(name) < Int(count) else { return SQLITE_CANTOPEN }
            strcpy(target, name)
            return SQLITE_OK
        }
        vfs.pointee.xRandomness = { vfs, count, target in
            guard let disk = VFS.disk(vfs), let target else { return 0 }
            for index in 0..<Int(count) {
                target[index] = CChar(truncatingIfNeeded: disk.locked { disk.random() })
            }
            return count
        }
        vfs.pointee.xSleep = { _, microseconds in
            usleep(UInt32(microseconds))
            return microseconds
        }
        vfs.pointee.xCurrentTimeInt64 = { _, target in
            // Julian day 2460000.5, in milliseconds.
            target?.pointee = 212_544_043_200_000
            return SQLITE_OK
        }
        vfs.pointee.xCurrentTime = { _, target in
            target?.pointee = 2_460_000.5
            return SQLITE_OK
        }
        vfs.pointee.xGetLastError = { _, _, _ in 0 }
    }

    private static func disk(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> DiskState? {
        guard let data = vfs?.pointee.pAppData else { return nil }
        return Unmanaged<DiskState>.fromOpaque(data).takeUnretainedValue()
    }

    private static let open:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?,
            UnsafeMutablePointer<sqlite3_file>?, Int32, UnsafeMutablePointer<Int32>?
        ) -> Int32 = { vfs, name, file, flags, taken in
            guard let disk = disk(vfs), let file else { return SQLITE_CANTOPEN }
            file.pointee.pMethods = nil
            let isDatabase = flags & SQLITE_OPEN_MAIN_DB != 0
            let powersafe = isDatabase && sqlite3_uri_boolean(name, "psow", 1) != 0
            let path = name.map { String(cString: $0) }
            let opened = disk.locked { disk.open(path, flags: flags, powersafe: powersafe) }
            switch opened {
            case .failure(let error): return error.code
            case .success(let handle):
                OpenFile.put(handle, in: file)
                taken?.pointee = flags
                return SQLITE_OK
            }
        }

    private static let delete:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, Int32
        ) -> Int32 = { vfs, name, syncsFolder in
            guard let disk = disk(vfs), let name else { return SQLITE_IOERR }
            let path = String(cString: name)
            return disk.locked { disk.delete(path, syncsFolder: syncsFolder != 0) }
        }

    private static let access:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, Int32,
            UnsafeMutablePointer<Int32>?
        ) -> Int32 = { vfs, name, question, answer in
            guard let disk = disk(vfs), let name else { return SQLITE_IOERR }
            let path = String(cString: name)
            let size = disk.locked { disk.size(of: path) }
            // As os_unix.c: an empty file is no journal.
            let isThere = size.map { question != SQLITE_ACCESS_EXISTS || $0 > 0 } ?? false
            answer?.pointee = isThere ? 1 : 0
            return SQLITE_OK
        }
}
