internal import Core

/// What is to happen, in the order of its time; of the same time in the order of its entry.
struct Agenda {
    enum Entry {
        /// A turn of one of the gateway's loops.
        case turn(Loop, life: Int, number: Int)
        case start
        case sensor(Int)
        case fault
        /// The broker writes its state down.
        case write
        case end(Trouble)
        /// A delayed request arrives.
        case arrival([UInt8])
    }

    enum Loop: Int {
        case session, uplink
    }

    enum Trouble {
        case broker, receiver, schedule, disk
    }

    /// The next one at the end.
    private var entries: [(time: Microseconds, entry: Entry)] = []

    mutating func add(_ entry: Entry, at time: Microseconds) {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].time > time { low = middle + 1 } else { high = middle }
        }
        entries.insert((time, entry), at: low)
    }

    var nextTime: Microseconds? { entries.last?.time }

    mutating func next() -> Entry? { entries.popLast()?.entry }
}
