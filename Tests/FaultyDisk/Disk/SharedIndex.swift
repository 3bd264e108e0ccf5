/// The wal-index of a database: memory that its connections share, and eight locks.
final class SharedIndex {
    private var regions: [UnsafeMutableRawPointer] = []
    /// Of each lock: who holds it, and whether alone.
    private var holders: [(shared: Set<ObjectIdentifier>, alone: ObjectIdentifier?)] = Array(
        repeating: ([], nil), count: 8)
    var users = 0

    deinit { for region in regions { region.deallocate() } }

    var count: Int { regions.count }

    func region(_ number: Int, size: Int) -> UnsafeMutableRawPointer {
        while regions.count <= number {
            let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
            memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            regions.append(memory)
        }
        return regions[number]
    }

    func lock(_ locks: Range<Int>, alone: Bool, by holder: ObjectIdentifier) -> Bool {
        for lock in locks {
            if let other = holders[lock].alone, other != holder { return false }
            if alone, !holders[lock].shared.subtracting([holder]).isEmpty { return false }
        }
        for lock in locks {
            if alone { holders[lock].alone = holder } else { holders[lock].shared.insert(holder) }
        }
        return true
    }

    func unlock(_ locks: Range<Int>, by holder: ObjectIdentifier) {
        for lock in locks {
            if holders[lock].alone == holder { holders[lock].alone = nil }
            holders[lock].shared.remove(holder)
        }
    }
}
