/// Readings of all inputs over time, from which moments are taken: as of a reading, or at the
/// points of a grid.
struct FusionGrid: Hashable, Sendable {
    private(set) var timelines: [ReadingTimeline]
    /// The next point of the grid, or the latest moment as of which values were taken.
    private(set) var point: Timestamp?

    init(inputs: Int) {
        timelines = Array(repeating: ReadingTimeline(), count: inputs)
    }

    /// - Returns: the time of a reading that no point has taken and that had to go.
    mutating func insert(_ reading: Reading, arrival: Timestamp, input: Int) -> Timestamp? {
        guard let gone = timelines[input].insert(reading, arrival: arrival), let point,
            gone >= point
        else { return nil }
        return gone
    }

    // MARK: As of a reading

    /// Whether the moment is no older than the one before.
    mutating func advance(to time: Timestamp) -> Bool {
        if let point, time < point { return false }
        point = time
        return true
    }

    /// - Parameter leading: the input whose reading is of this very time.
    func fill(
        _ frame: inout FusionFrame, asOf time: Timestamp, tolerance: Microseconds,
        isLive: (Int) -> Bool
    ) {
        frame.time = time
        for input in timelines.indices {
            frame.fill(
                input, timelines[input].nearest(time, tolerance: tolerance),
                isLive: isLive(input))
        }
    }

    // MARK: Points of a grid

    /// The grid begins at the first reading.
    mutating func begin(at time: Timestamp, every: Microseconds) {
        if point == nil { point = Self.ceiling(time, every) }
    }

    /// When the next point is due if nothing more comes; `nil` before an input has passed it.
    func due(now: Timestamp, waitingSince: Timestamp, delay: Microseconds) -> Timestamp? {
        guard let point else { return nil }
        var first: Timestamp?
        for timeline in timelines {
            guard let arrival = timeline.first(from: point)?.arrival else { continue }
            first = first.map { min($0, arrival) } ?? arrival
        }
        guard let first else { return nil }
        return (first > now ? waitingSince : max(first, waitingSince)) + delay
    }

    /// Whether all live inputs, and at least one, have passed the next point.
    func isPassed(isLive: (Int) -> Bool) -> Bool {
        guard let point else { return false }
        var passed = false
        for input in timelines.indices {
            if timelines[input].first(from: point) != nil {
                passed = true
            } else if isLive(input) {
                return false
            }
        }
        return passed
    }

    /// Takes the next point and goes on to the first one after it that can have a value.
    ///
    /// - Returns: whether any input had a reading for it.
    mutating func take(
        _ frame: inout FusionFrame, every: Microseconds, _ resampling: FusionPlan.Resampling,
        tolerance: Microseconds, isLive: (Int) -> Bool
    ) -> Bool {
        guard let time = point else { return false }
        frame.time = time
        for input in timelines.indices {
            let timeline = timelines[input]
            let reading =
                switch resampling {
                case .asOf: timeline.asOf(time, tolerance: tolerance)
                case .interpolated: timeline.interpolated(time, tolerance: tolerance)
                }
            frame.fill(input, reading, isLive: isLive(input))
        }
        point = useful(from: time + every, every: every, tolerance: tolerance)
        if let point { for input in timelines.indices { timelines[input].forget(before: point) } }
        return !frame.isEmpty
    }

    private func useful(
        from next: Timestamp, every: Microseconds, tolerance: Microseconds
    ) -> Timestamp {
        var earliest: Timestamp?
        for timeline in timelines {
            if timeline.asOf(next, tolerance: tolerance) != nil { return next }
            guard let reading = timeline.first(from: next) else { continue }
            let time = Self.ceiling(reading.time, every)
            earliest = earliest.map { min($0, time) } ?? time
        }
        return earliest ?? next
    }

    private static func ceiling(_ time: Timestamp, _ every: Microseconds) -> Timestamp {
        let (quotient, rest) = time.microseconds.quotientAndFloorRemainder(every)
        return Timestamp(microseconds: (rest == 0 ? quotient : quotient + 1) * every)
    }
}

extension FusionGrid {
    func encode(into writer: inout ByteWriter) {
        writer.byte(point == nil ? 0 : 1)
        if let point { writer.time(point) }
        for timeline in timelines { timeline.encode(into: &writer) }
    }

    init(from reader: inout ByteReader, inputs: Int) throws(FormatError) {
        if try reader.flag() { point = try reader.time() }
        timelines = []
        for _ in 0..<inputs { timelines.append(try ReadingTimeline(from: &reader)) }
    }
}
