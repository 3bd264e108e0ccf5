internal import Glibc

/// What one file holds: as its readers see it (the page cache), and as the medium does.
///
/// Beyond its size each image is zero.
final class DiskFile {
    /// In the order of creation: an order for the generator to go by.
    let number: Int
    let sectorSize: Int
    private(set) var size = 0
    private var visible: UnsafeMutableRawPointer
    private var durable: UnsafeMutableRawPointer
    private var durableSize = 0
    /// The least that the size was since the last sync.
    private var leastSize = 0
    /// A `Standing` for each sector.
    private var standings: UnsafeMutableRawPointer
    private var capacity = 0
    /// Sectors written since the last sync; may overlap.
    private var unsynced: [Range<Int>] = []
    private var hasForgotten = false
    /// Syncs of it that failed: each handle that was open then reports it once.
    private(set) var failures = 0
    var handles: [DiskHandle] = []
    var index: SharedIndex?

    /// How a sector of the page cache stands to the medium.
    private enum Standing {
        static let same: UInt8 = 0
        static let unsynced: UInt8 = 1
        /// Its sync failed: taken for clean from then on, and not on the medium.
        static let forgotten: UInt8 = 2
    }

    init(number: Int, sectorSize: Int) {
        self.number = number
        self.sectorSize = sectorSize
        let none = UnsafeMutableRawPointer.allocate(byteCount: 0, alignment: 16)
        (visible, durable, standings) = (none, none, none)
        grow(to: sectorSize * 128)
        none.deallocate()
    }

    deinit {
        visible.deallocate()
        durable.deallocate()
        standings.deallocate()
    }

    private func grow(to needed: Int) {
        guard needed > capacity else { return }
        var larger = max(capacity, sectorSize)
        while larger < needed { larger *= 2 }
        func moved(_ old: UnsafeMutableRawPointer, _ count: Int, _ space: Int)
            -> UnsafeMutableRawPointer
        {
            let new = UnsafeMutableRawPointer.allocate(byteCount: space, alignment: 16)
            if count > 0 { new.copyMemory(from: old, byteCount: count) }
            memset(new + count, 0, space - count)
            return new
        }
        let isFirst = capacity == 0
        let (oldVisible, oldDurable, oldStandings) = (visible, durable, standings)
        visible = moved(visible, capacity, larger)
        durable = moved(durable, capacity, larger)
        standings = moved(standings, capacity / sectorSize, larger / sectorSize)
        capacity = larger
        guard !isFirst else { return }
        oldVisible.deallocate()
        oldDurable.deallocate()
        oldStandings.deallocate()
    }

    // MARK: What a process sees

    /// - Returns: how many bytes there were to read.
    func read(_ target: UnsafeMutableRawPointer, _ count: Int, at offset: Int) -> Int {
        let there = max(0, min(count, size - offset))
        if there > 0 { target.copyMemory(from: visible + offset, byteCount: there) }
        return there
    }

    func write(_ source: UnsafeRawPointer, _ count: Int, at offset: Int) {
        guard count > 0 else { return }
        let end = offset + count
        grow(to: end)
        (visible + offset).copyMemory(from: source, byteCount: count)
        touch(min(offset, size)..<end)
        size = max(size, end)
    }

    func truncate(to newSize: Int) {
        guard newSize != size else { return }
        grow(to: newSize)
        if newSize < size {
            memset(visible + newSize, 0, size - newSize)
        }
        touch(min(size, newSize)..<max(size, newSize))
        size = newSize
        leastSize = min(leastSize, newSize)
    }

    private func touch(_ bytes: Range<Int>) {
        let sectors = bytes.lowerBound / sectorSize..<(bytes.upperBound - 1) / sectorSize + 1
        memset(standings + sectors.lowerBound, Int32(Standing.unsynced), sectors.count)
        if let last = unsynced.last, last.lowerBound <= sectors.lowerBound,
            sectors.lowerBound <= last.upperBound
        {
            let end = max(last.upperBound, sectors.upperBound)
            unsynced[unsynced.count - 1] = last.lowerBound..<end
        } else {
            unsynced.append(sectors)
        }
    }

    // MARK: What the medium gets

    /// Bytes of sectors that were written since the last sync, some counted twice.
    var unsyncedBytes: Int { unsynced.reduce(0) { $0 + $1.count } * sectorSize }

    func sync() {
        for sectors in unsynced {
            let start = sectors.lowerBound * sectorSize
            (durable + start).copyMemory(
                from: visible + start, byteCount: sectors.count * sectorSize)
            mark(sectors, Standing.same)
        }
        unsynced.removeAll(keepingCapacity: true)
        (durableSize, leastSize) = (size, size)
    }

    /// As Linux does: what was to be written counts as clean from now on, so that the next
    /// sync has nothing to do and succeeds.
    func failSync() {
        for sectors in unsynced { mark(sectors, Standing.forgotten) }
        hasForgotten = hasForgotten || !unsynced.isEmpty
        unsynced.removeAll(keepingCapacity: true)
        failures += 1
    }

    /// What a failed sync left here alone is read from the medium from now on. The size is the
    /// inode's, and stays.
    func dropCache() {
        guard hasForgotten else { return }
        for sector in 0..<capacity / sectorSize
        where (standings + sector).load(as: UInt8.self) == Standing.forgotten {
            let start = sector * sectorSize
            (visible + start).copyMemory(from: durable + start, byteCount: sectorSize)
            mark(sector..<sector + 1, Standing.same)
        }
        hasForgotten = false
    }

    private func mark(_ sectors: Range<Int>, _ standing: UInt8) {
        (standings + sectors.lowerBound).initializeMemory(
            as: UInt8.self, repeating: standing, count: sectors.count)
    }

    /// The power is gone: both images become what the medium is found to hold.
    func settle(_ damage: inout PowerCutDamage) {
        var open = unsynced
        if hasForgotten { open.append(0..<capacity / sectorSize) }
        for sector in open.joined() {
            let standing = (standings + sector).load(as: UInt8.self)
            guard standing != Standing.same else { continue }
            damage.apply(
                new: UnsafeMutableRawBufferPointer(
                    start: visible + sector * sectorSize, count: sectorSize),
                old: UnsafeMutableRawBufferPointer(
                    start: durable + sector * sectorSize, count: sectorSize))
            mark(sector..<sector + 1, Standing.same)
        }
        let found = damage.size(durable: durableSize, visible: size, least: leastSize)
        grow(to: found)
        let end = max(size, durableSize, found)
        for image in [visible, durable] {
            (image + found).initializeMemory(as: UInt8.self, repeating: 0, count: end - found)
        }
        (size, durableSize, leastSize) = (found, found, found)
        unsynced.removeAll(keepingCapacity: true)
        hasForgotten = false
        release()
    }

    /// Whoever had it open is gone.
    func release() {
        handles.removeAll()
        index = nil
    }
}
