/// A topic's number in one store, given in order of first appearance.
package typealias TopicID = UInt32

/// Topics and their numbers: open addressing, so that a look-up touches two cache lines.
package struct TopicTable: Sendable {
    private var slots: [UInt64]
    private var starts: [Int] = [0]
    private var arena: [UInt8] = []
    private let seed: UInt64

    /// - Parameter seed: random, since devices choose the topics.
    package init(seed: UInt64 = .random(in: .min ... .max)) {
        self.seed = seed
        slots = Array(repeating: 0, count: 1_024)
    }

    package var count: Int { starts.count - 1 }

    package subscript(id: TopicID) -> [UInt8] {
        Array(arena[starts[Int(id)]..<starts[Int(id) + 1]])
    }

    package func find(_ topic: Span<UInt8>) -> TopicID? {
        let hash = ByteHash.hash(topic, seed: seed)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            // The upper half of the hash, then the number plus one.
            let id = Int(slots[slot] & 0xffff_ffff) - 1
            if slots[slot] >> 32 == hash >> 32, isEqual(id, topic) { return TopicID(id) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// - Precondition: `find` does not find it.
    package mutating func add(_ topic: Span<UInt8>) -> TopicID {
        if (count + 1) * 2 > slots.count { grow() }
        let id = count
        topic.withUnsafeBufferPointer { arena.append(contentsOf: $0) }
        starts.append(arena.count)
        place(id, hash: ByteHash.hash(topic, seed: seed))
        return TopicID(id)
    }

    private func isEqual(_ id: Int, _ topic: Span<UInt8>) -> Bool {
        let start = starts[id]
        guard starts[id + 1] - start == topic.count else { return false }
        for index in 0..<topic.count where arena[start + index] != topic[index] { return false }
        return true
    }

    private mutating func place(_ id: Int, hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = (hash & 0xffff_ffff_0000_0000) | UInt64(id + 1)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for id in 0..<count {
            let hash = ByteHash.hash(arena.span.extracting(starts[id]..<starts[id + 1]), seed: seed)
            place(id, hash: hash)
        }
    }
}
