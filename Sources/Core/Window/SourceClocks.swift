/// How far each of several sources of one series is in event time: the slowest that still
/// speaks holds the watermark, so that one clock far ahead makes no other source late.
struct SourceClocks: Hashable, Sendable {
    private struct Source: Hashable, Sendable {
        var topic: TopicID
        var latest: Timestamp
        var lastArrival: Timestamp
    }

    /// Sources beyond this many share the clock of the last one.
    static let limit = 1_024
    /// By topic.
    private var sources: [Source] = []

    init() {}

    /// - Returns: the earliest of the latest times of all sources that are not silent.
    mutating func take(
        _ time: Timestamp, arrival: Timestamp, from topic: TopicID, waitingSince: Timestamp,
        idle: Microseconds
    ) -> Timestamp {
        var (low, high) = (0, sources.count)
        while low < high {
            let middle = (low + high) / 2
            if sources[middle].topic < topic { low = middle + 1 } else { high = middle }
        }
        let isKnown = low < sources.count && sources[low].topic == topic
        if isKnown || sources.count >= Self.limit {
            let place = min(low, sources.count - 1)
            sources[place].latest = max(sources[place].latest, time)
            sources[place].lastArrival = arrival
        } else {
            sources.insert(Source(topic: topic, latest: time, lastArrival: arrival), at: low)
        }
        var slowest = time
        for source in sources {
            let silentSince = max(source.lastArrival, waitingSince)
            if arrival - silentSince < idle { slowest = min(slowest, source.latest) }
        }
        return slowest
    }

    func encode(into writer: inout ByteWriter) {
        writer.count(sources.count)
        for source in sources {
            writer.varint(UInt64(source.topic))
            writer.time(source.latest)
            writer.time(source.lastArrival)
        }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        for _ in 0..<(try reader.count(ofAtLeast: 3)) {
            guard let topic = TopicID(exactly: try reader.varint()),
                sources.last.map({ $0.topic < topic }) ?? true, sources.count < Self.limit
            else { throw .malformed("sources that are not in order") }
            sources.append(
                Source(topic: topic, latest: try reader.time(), lastArrival: try reader.time()))
        }
    }
}
