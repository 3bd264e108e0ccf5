internal import Simulator

/// What a power cut makes of what was not synced.
struct PowerCutDamage {
    /// `nil`: drawn for each sector.
    private let fate: FaultyDisk.Fate?
    private var generator: SplitMix

    init(_ fate: FaultyDisk.Fate?, seed: UInt64) {
        self.fate = fate
        generator = SplitMix(seed: seed)
    }

    private mutating func draw() -> FaultyDisk.Fate {
        if let fate { return fate }
        switch generator.next() % 8 {
        case 0, 1, 2: return .kept
        case 3, 4, 5: return .lost
        case 6: return .torn
        default: return .garbage
        }
    }

    /// Both become what is found afterwards.
    mutating func apply(
        new: UnsafeMutableRawBufferPointer, old: UnsafeMutableRawBufferPointer
    ) {
        switch draw() {
        case .kept: old.copyMemory(from: UnsafeRawBufferPointer(new))
        case .lost: new.copyMemory(from: UnsafeRawBufferPointer(old))
        case .torn:
            let edge = Int(generator.next() % UInt64(new.count))
            if generator.next() & 1 == 0 {
                new[edge...].copyBytes(from: UnsafeRawBufferPointer(rebasing: old[edge...]))
            } else {
                new[..<edge].copyBytes(from: UnsafeRawBufferPointer(rebasing: old[..<edge]))
            }
            old.copyMemory(from: UnsafeRawBufferPointer(new))
        case .garbage:
            for start in stride(from: 0, to: new.count, by: 8) {
                new.storeBytes(of: generator.next(), toByteOffset: start, as: UInt64.self)
            }
            old.copyMemory(from: UnsafeRawBufferPointer(new))
        }
    }

    /// The size that the file is found with.
    mutating func size(durable: Int, visible: Int, least: Int) -> Int {
        if durable == visible, least == durable { return durable }
        switch fate {
        case .kept: return visible
        case .lost: return durable
        default: break
        }
        switch generator.next() % 4 {
        case 0: return visible
        case 1: return durable
        case 2: return least
        default:
            let (low, high) = (min(least, durable), max(visible, durable))
            return low + Int(generator.next() % UInt64(high - low + 1))
        }
    }

    /// How many of so many changes to a name the directory is found with.
    mutating func changes(of count: Int) -> Int {
        switch fate {
        case .kept: count
        case .lost: 0
        default: Int(generator.next() % UInt64(count + 1))
        }
    }
}
