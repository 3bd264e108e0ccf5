internal import Core

/// What is to happen, in the order of its time; of the same time in the order of its entry.
struct Agenda {
    enum Entry {
        case sensor(Int)
        case session(life: Int, turn: Int)
        case uplink(life: Int, turn: Int)
        case start
        case fault
        case write
        /// A trouble ends.
        case end(Trouble)
        /// A delayed request arrives.
        case arrival([UInt8])
    }

    enum Trouble {
        case broker, receiver, schedule, disk
    }

    private var entries: [(time: Microseconds, order: Int, entry: Entry)] = []
    private var order = 0

    mutating func add(_ entry: Entry, at time: Microseconds) {
        order += 1
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            // The next one stands at the end.
            if entries[middle].time > time { low = middle + 1 } else { high = middle }
        }
        entries.insert((time, order, entry), at: low)
    }

    var nextTime: Microseconds? { entries.last?.time }

    mutating func next() -> Entry? { entries.popLast()?.entry }
}
