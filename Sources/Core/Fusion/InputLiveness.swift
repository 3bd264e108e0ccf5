/// When each input was last heard, by arrival.
struct InputLiveness: Hashable, Sendable {
    private var lastArrivals: [Timestamp]
    private var newest = Timestamp.epoch
    /// Since when silence counts: an outage of them all is none of one of them.
    private var since = Timestamp.epoch

    init(inputs: Int) { lastArrivals = Array(repeating: .epoch, count: inputs) }

    mutating func heard(_ input: Int, at arrival: Timestamp, stale: Microseconds?) {
        if newest == .epoch || (stale.map { arrival - newest > $0 } ?? false) { since = arrival }
        newest = arrival
        lastArrivals[input] = arrival
    }

    func isLive(_ input: Int, now: Timestamp, stale: Microseconds?) -> Bool {
        guard let stale else { return true }
        return now - max(lastArrivals[input], since) <= stale
    }
}

extension InputLiveness {
    func encode(into writer: inout ByteWriter) {
        for time in lastArrivals { writer.time(time) }
        writer.time(newest)
        writer.time(since)
    }

    init(from reader: inout ByteReader, inputs: Int) throws(FormatError) {
        lastArrivals = []
        for _ in 0..<inputs { lastArrivals.append(try reader.time()) }
        newest = try reader.time()
        since = try reader.time()
    }
}
