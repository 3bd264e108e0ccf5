/// What a pane keeps only where some aggregate asks for it.
struct PaneDetails: Hashable, Sendable {
    var moments = Moments()
    var histogram = ExponentialHistogram()
    var distinct = DistinctValues()
    /// Up to where no reading is waited for.
    var signal: Signal?
    /// Behind that, in order of time; they may still come out of order.
    var waiting: [SignalPoint] = []
    /// More than this don't wait.
    static let longestWait = 4_096

    mutating func add(_ value: Double, _ needs: AggregateNeeds) {
        if needs.contains(.moments) { moments.add(value) }
        if needs.contains(.histogram) { histogram.add(value) }
        if needs.contains(.distinct) { distinct.add(value) }
    }

    /// - Returns: false for a point ahead of what has been settled: it can't be put in its place.
    mutating func wait(for point: SignalPoint, _ plan: SignalPlan) -> Bool {
        if let signal, point.time < signal.last.time { return false }
        var place = waiting.count
        while place > 0, waiting[place - 1].time > point.time { place -= 1 }
        waiting.insert(point, at: place)
        if waiting.count > Self.longestWait { settle(through: waiting[0].time, plan) }
        return true
    }

    mutating func settle(through time: Timestamp, _ plan: SignalPlan) {
        var count = 0
        while count < waiting.count, waiting[count].time <= time {
            append(waiting[count], plan)
            count += 1
        }
        if count > 0 { waiting.removeFirst(count) }
    }

    private mutating func append(_ point: SignalPoint, _ plan: SignalPlan) {
        if signal == nil { signal = Signal(point, plan) } else { signal?.append(point, plan) }
    }

    /// The signal with all that waits.
    func whole(_ plan: SignalPlan) -> Signal? {
        var copy = self
        copy.settle(through: .latest, plan)
        return copy.signal
    }

    var lastPoint: SignalPoint? { waiting.last ?? signal?.last }
    var firstPoint: SignalPoint? { signal?.first ?? waiting.first }

    /// Takes up what lies behind it in time.
    mutating func append(_ later: PaneDetails, _ needs: AggregateNeeds, _ plan: SignalPlan) {
        if needs.contains(.moments) { moments.merge(later.moments) }
        if needs.contains(.histogram) { histogram.merge(later.histogram) }
        if needs.contains(.distinct) { distinct.merge(later.distinct) }
        guard needs.contains(.signal), let next = later.whole(plan) else { return }
        settle(through: .latest, plan)
        if signal == nil { signal = next } else { signal?.append(next, plan) }
    }
}

extension PaneDetails {
    func encode(into writer: inout ByteWriter, _ needs: AggregateNeeds) {
        writer.byte(moments.count > 0 ? 1 : 0)
        if moments.count > 0 { moments.encode(into: &writer) }
        if needs.contains(.histogram) { histogram.encode(into: &writer) }
        if needs.contains(.distinct) { distinct.encode(into: &writer) }
        guard needs.contains(.signal) else { return }
        writer.byte(signal == nil ? 0 : 1)
        signal?.encode(into: &writer)
        writer.count(waiting.count)
        for point in waiting { point.encode(into: &writer) }
    }

    init(
        from reader: inout ByteReader, _ needs: AggregateNeeds, _ plan: SignalPlan
    ) throws(FormatError) {
        if try reader.byte() == 1 { moments = try Moments(from: &reader) }
        if needs.contains(.histogram) { histogram = try ExponentialHistogram(from: &reader) }
        if needs.contains(.distinct) { distinct = try DistinctValues(from: &reader) }
        guard needs.contains(.signal) else { return }
        if try reader.byte() == 1 { signal = try Signal(from: &reader, plan) }
        for _ in 0..<(try reader.count(ofAtLeast: 10)) {
            let point = try SignalPoint(from: &reader)
            guard point.time >= lastPoint?.time ?? .epoch else {
                throw .malformed("readings that are not in order")
            }
            waiting.append(point)
        }
    }
}
