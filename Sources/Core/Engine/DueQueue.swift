/// Which series wants a look when: a heap, so that a tick costs what is due, however many
/// series there are. An entry may be too early, never too late; not part of the state.
struct DueQueue: Sendable {
    struct Entry {
        var time: Timestamp
        var item: Int
    }

    private var heap: [Entry] = []

    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    mutating func push(_ item: Int, at time: Timestamp) {
        heap.append(Entry(time: time, item: item))
        var child = heap.count - 1
        while child > 0, heap[(child - 1) / 2].time > heap[child].time {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The earliest entry, taken out, if it is not after this time.
    mutating func pop(through time: Timestamp) -> Entry? {
        guard let first = heap.first, first.time <= time else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].time < heap[least].time {
                least = child
            }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
