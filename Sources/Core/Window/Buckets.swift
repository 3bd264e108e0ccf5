/// Counts by index, sorted, only those above zero.
struct Buckets: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        var index: Int32
        var count: UInt32
    }

    private(set) var entries: [Entry] = []

    var total: UInt64 { entries.reduce(0) { $0 + UInt64($1.count) } }

    mutating func add(_ index: Int32, _ count: UInt32) {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].index < index { low = middle + 1 } else { high = middle }
        }
        if low < entries.count, entries[low].index == index {
            entries[low].count &+= count
        } else {
            // Seldom fewer: without this, the first few grow it step by step.
            if entries.isEmpty { entries.reserveCapacity(14) }
            entries.insert(Entry(index: index, count: count), at: low)
        }
    }

    mutating func halve() {
        var halved: [Entry] = []
        for entry in entries {
            let index = entry.index >> 1
            if let last = halved.indices.last, halved[last].index == index {
                halved[last].count &+= entry.count
            } else {
                halved.append(Entry(index: index, count: entry.count))
            }
        }
        entries = halved
    }

    func encode(into writer: inout ByteWriter) {
        writer.count(entries.count)
        var before: Int32 = 0
        for entry in entries {
            writer.signed(Int64(entry.index) - Int64(before))
            writer.varint(UInt64(entry.count))
            before = entry.index
        }
    }

    init() {}

    init(from reader: inout ByteReader) throws(FormatError) {
        for _ in 0..<(try reader.count(ofAtLeast: 2)) {
            let (sum, overflow) = Int64(entries.last?.index ?? 0)
                .addingReportingOverflow(try reader.signed())
            guard !overflow, let index = Int32(exactly: sum),
                entries.last.map({ $0.index < index }) ?? true,
                let count = UInt32(exactly: try reader.varint()), count > 0
            else { throw .malformed("a histogram whose buckets make no sense") }
            entries.append(Entry(index: index, count: count))
        }
    }
}
