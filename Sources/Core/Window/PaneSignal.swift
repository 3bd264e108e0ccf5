/// What a pane keeps where some aggregate asks how its readings follow each other in time.
struct PaneSignal: Hashable, Sendable {
    /// Up to where no reading is waited for.
    private(set) var settled: Signal?
    /// Behind that, in order of time; they may still come out of order.
    private(set) var waiting: [SignalPoint] = []
    /// More than this don't wait.
    static let longestWait = 4_096

    init() {}

    /// - Returns: false for a point ahead of what has been settled: it can't be put in its place.
    mutating func wait(for point: SignalPoint, _ plan: SignalPlan) -> Bool {
        if let settled, point.time < settled.last.time { return false }
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
        if settled == nil { settled = Signal(point, plan) } else { settled?.append(point, plan) }
    }

    /// With all that waits.
    func whole(_ plan: SignalPlan) -> Signal? {
        var copy = self
        copy.settle(through: .latest, plan)
        return copy.settled
    }

    var last: SignalPoint? { waiting.last ?? settled?.last }
    var first: SignalPoint? { settled?.first ?? waiting.first }

    /// Takes up what lies behind it in time.
    mutating func append(_ later: PaneSignal, _ plan: SignalPlan) {
        guard let next = later.whole(plan) else { return }
        settle(through: .latest, plan)
        if settled == nil { settled = next } else { settled?.append(next, plan) }
    }
}

extension PaneSignal {
    func encode(into writer: inout ByteWriter) {
        writer.byte(settled == nil ? 0 : 1)
        settled?.encode(into: &writer)
        writer.count(waiting.count)
        for point in waiting { point.encode(into: &writer) }
    }

    init(from reader: inout ByteReader, _ plan: SignalPlan) throws(FormatError) {
        if try reader.byte() == 1 { settled = try Signal(from: &reader, plan) }
        for _ in 0..<(try reader.count(ofAtLeast: 10)) {
            let point = try SignalPoint(from: &reader)
            guard point.time >= last?.time ?? .epoch else {
                throw .malformed("readings that are not in order")
            }
            waiting.append(point)
        }
    }
}
