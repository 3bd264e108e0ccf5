internal import CSQLite

/// A disk in memory for SQLite, as a file system of its own (`name`), that fails on demand.
///
/// It keeps apart what processes see (the page cache) and what the medium holds: a write is
/// on the medium once its file was synced, a name once its folder was. Paths are names, no
/// more: no folder need exist. Keep it for as long as anything is to be opened on it, and
/// let go of what was open before a power cut before `restart()`.
package final class FaultyDisk: Sendable {
    /// Of the registered VFS.
    package let name: String
    private let disk: DiskState

    package enum Operation: Sendable, CaseIterable {
        case read
        /// Truncating and deleting too.
        case write
        /// Of a file or a folder.
        case sync
    }

    /// When the power goes.
    package enum Moment: Hashable, Sendable {
        /// Before the write has begun.
        case write(Int)
        /// Before the sync has had any effect.
        case sync(Int)
        /// With the sync done and its caller not told.
        case afterSync(Int)
    }

    /// What a power cut makes of a sector that was not synced.
    package enum Fate: Sendable, CaseIterable {
        case kept, lost, torn, garbage
    }

    /// - Parameters:
    ///   - seed: of all that is left to chance.
    ///   - sectorSize: bytes that a power cut damages at once.
    package init(seed: UInt64, sectorSize: Int = 512) {
        disk = DiskState(seed: seed, sectorSize: sectorSize)
        name = disk.name
        sqlite3_vfs_register(disk.vfs, 0)
    }

    deinit { sqlite3_vfs_unregister(disk.vfs) }

    // MARK: Counts, over the disk's life

    package var syncs: Int { count(of: .sync) }
    package var writes: Int { count(of: .write) }
    package var reads: Int { count(of: .read) }

    package func count(of operation: Operation) -> Int {
        disk.locked { disk.count(of: operation) }
    }

    /// Of a file, as it is seen; `nil` where there is none.
    package func size(of path: String) -> Int? { disk.locked { disk.files[path]?.size } }

    // MARK: Power

    /// The power goes at this moment; each later call fails, until `restart()`.
    package func cutPower(at moment: Moment) { disk.locked { disk.faults.cut = moment } }

    package func cutPower() { disk.locked { disk.cutPower() } }

    package var isOff: Bool { disk.locked { disk.isOff } }

    /// Power again, whether it was gone or not: what the medium holds is what there is. What
    /// was opened before fails for good.
    /// - Parameter fate: of each sector that was not synced; `nil` to draw it for each.
    package func restart(_ fate: Fate? = nil) { disk.locked { disk.restart(fate) } }

    /// The process dies and the machine lives on: what was written stays, synced or not. What
    /// was opened before fails for good.
    package func endProcess() { disk.locked { disk.endProcess() } }

    // MARK: Faults

    /// EIO from the `first` such operation on, so many times. A sync that fails leaves what it
    /// was to write visible, not on the medium, and clean: the next sync has nothing to do.
    package func fail(_ operation: Operation, at first: Int, times: Int = 1) {
        disk.locked {
            disk.faults.failing[operation] = first...(times == .max ? .max : first + times - 1)
        }
    }

    /// What a failed sync left in the page cache alone is thrown out of it, as the kernel may
    /// do at any time.
    package func evict() { disk.locked { disk.evict() } }

    /// ENOSPC from this write on.
    package func fill(at write: Int) { disk.locked { disk.faults.fullFrom = write } }

    /// ENOSPC for what would take more than so many bytes altogether; `nil` for no limit.
    package func limit(to bytes: Int?) { disk.locked { disk.faults.capacity = bytes } }

    /// No more faults, and room; a power cut that is to come still comes.
    package func heal() {
        disk.locked { disk.faults = Faults(cut: disk.faults.cut) }
    }
}
