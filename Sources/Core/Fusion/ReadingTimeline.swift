/// The latest readings of an input, in the order of their times.
struct ReadingTimeline: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        var reading: Reading
        var arrival: Timestamp
        var time: Timestamp { reading.time }
    }

    static let capacity = 64
    private(set) var entries: [Entry] = []

    /// A second reading of the same time replaces the first.
    ///
    /// - Returns: the time of the oldest one, where it had to go.
    mutating func insert(_ reading: Reading, arrival: Timestamp) -> Timestamp? {
        let entry = Entry(reading: reading, arrival: arrival)
        var at = entries.endIndex
        while at > 0, entries[at - 1].time > reading.time { at -= 1 }
        if at > 0, entries[at - 1].time == reading.time {
            entries[at - 1] = entry
            return nil
        }
        entries.insert(entry, at: at)
        guard entries.count > Self.capacity else { return nil }
        return entries.removeFirst().time
    }

    /// The latest one up to `time`.
    func last(upTo time: Timestamp) -> Entry? { entries.last { $0.time <= time } }

    /// The first one from `time` on.
    func first(from time: Timestamp) -> Entry? { entries.first { $0.time >= time } }

    /// The latest one no older than `tolerance`.
    func asOf(_ time: Timestamp, tolerance: Microseconds) -> Reading? {
        guard let entry = last(upTo: time), time - entry.time <= tolerance else { return nil }
        return entry.reading
    }

    /// As of, else the next one.
    func nearest(_ time: Timestamp, tolerance: Microseconds) -> Reading? {
        if let reading = asOf(time, tolerance: tolerance) { return reading }
        guard let entry = first(from: time), entry.time - time <= tolerance else { return nil }
        return entry.reading
    }

    /// On the line between the neighbours where they are near each other, else as of. As good
    /// as the worse of the two; rounded to two places more than they have.
    func interpolated(_ time: Timestamp, tolerance: Microseconds) -> Reading? {
        guard let left = last(upTo: time) else { return nil }
        guard left.time < time, let right = first(from: time),
            right.time - left.time <= tolerance
        else { return asOf(time, tolerance: tolerance) }
        let (from, to) = (left.reading.number, right.reading.number)
        let part = Double(time - left.time) / Double(right.time - left.time)
        let value = from.double + (to.double - from.double) * part
        var quality = left.reading.quality
        quality.worsen(right.reading.quality)
        return Number(value, roundedTo: max(from.scale, to.scale) + 2).map {
            Reading(time: time, number: $0, quality: quality)
        }
    }

    /// Forgets what no point from `time` on needs: all before the latest one up to it.
    mutating func forget(before time: Timestamp) {
        guard let kept = entries.lastIndex(where: { $0.time <= time }), kept > 0 else { return }
        entries.removeFirst(kept)
    }
}

extension ReadingTimeline {
    func encode(into writer: inout ByteWriter) {
        writer.count(entries.count)
        for entry in entries {
            writer.reading(entry.reading)
            writer.time(entry.arrival)
        }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        let count = try reader.count(ofAtLeast: 6)
        guard count <= Self.capacity else { throw .malformed("\(count) readings of an input") }
        for _ in 0..<count {
            let entry = Entry(reading: try reader.reading(), arrival: try reader.time())
            guard entries.last.map({ $0.time < entry.time }) ?? true else {
                throw .malformed("an input's readings out of order")
            }
            entries.append(entry)
        }
    }
}
