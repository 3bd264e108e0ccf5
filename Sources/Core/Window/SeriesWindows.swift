/// The windows of one series that are open or may still be revised, and its watermark: the
/// time before which no reading is waited for any more (Akidau et al., "The Dataflow Model",
/// 2015).
///
/// Whatever ends by the watermark has been shipped.
struct SeriesWindows: Hashable, Sendable {
    /// In order of start; seldom more than two.
    var panes: [Pane] = []
    var watermark = Timestamp(microseconds: .min)
    /// When the latest reading came.
    private(set) var lastArrival = Timestamp.epoch
    /// The last reading ahead of the panes.
    var before = OutOfLine<SignalPoint>()
    var aftermath = OutOfLine<Aftermath>()

    /// A window as it is shipped.
    struct Draft: Hashable, Sendable {
        var span: WindowPlan.Span
        var revision: UInt32
        var flags: WindowRecord.Flags
        var quality: Quality
        var values: [Number?]
    }

    /// Takes a reading and ships what its time completes.
    ///
    /// - Parameters:
    ///   - source: the topic it came by, where several lead to this series.
    ///   - waitingSince: since when sources can be heard, by arrival.
    /// - Returns: whether it came in time; it counts in either case.
    mutating func take(
        _ reading: Reading, arrival: Timestamp, source: TopicID, waitingSince: Timestamp,
        plan: WindowPlan, emit: (Draft) -> Void
    ) -> Bool {
        lastArrival = arrival
        var reading = reading
        if plan.clock == .arrival { reading.time = arrival }
        if !aftermath.isEmpty { flushLateIfDue(now: arrival, plan, emit) }
        let isInTime: Bool
        switch plan.layout.shape {
        case .tumbling, .hopping, .calendar: isInTime = place(reading, arrival: arrival, plan)
        case .sliding: return slide(reading, arrival: arrival, plan, emit)
        case .count(let count):
            fill(reading, upTo: count, plan, emit)
            return true
        case .session(let gap): isInTime = join(reading, gap: gap, arrival: arrival, plan, emit)
        }
        var latest = reading.time
        if plan.hasManySources {
            latest = aftermath.modify(or: Aftermath()) {
                $0.clocks.take(
                    reading.time, arrival: arrival, from: source, waitingSince: waitingSince,
                    idle: plan.idle)
            }
        }
        advance(to: latest + -plan.delay, plan, emit)
        if plan.early != nil { flushEarly(now: arrival, plan, emit) }
        return isInTime
    }

    /// When a tick may change something; `nil` where none can.
    func due(now: Timestamp, waitingSince: Timestamp, plan: WindowPlan) -> Timestamp? {
        var due: Timestamp?
        func include(_ time: Timestamp?) {
            guard let time else { return }
            due = min(due ?? time, time)
        }
        if closesInTime(plan) {
            switch plan.clock {
            case .arrival:
                let first = panes.indices.first { panes[$0].span.end > watermark }
                include(first.map { panes[$0].span.end })
            case .event: include(silentSince(now: now, waitingSince) + plan.idle)
            }
            include(aftermath.value?.nextEarly)
        }
        // A clock set back makes nothing wait longer.
        include(aftermath.value?.lateSince.map { now < $0 ? now : $0 + Aftermath.gathering })
        return due
    }

    /// Time passes: closes what is open once the series has been silent for long enough, and
    /// ships what was gathered.
    mutating func tick(
        now: Timestamp, waitingSince: Timestamp, plan: WindowPlan, emit: (Draft) -> Void
    ) {
        if closesInTime(plan), let last = lastSpan {
            if plan.clock == .arrival {
                advance(to: now, plan, emit)
            } else if now - silentSince(now: now, waitingSince) >= plan.idle {
                advance(to: plan.lastEnd(of: last), plan, emit)
            }
        }
        if !aftermath.isEmpty { flushLateIfDue(now: now, plan, emit) }
        if plan.early != nil { flushEarly(now: now, plan, emit) }
    }

    /// A silence that began after `now` is that of a clock set back: it begins anew.
    private func silentSince(now: Timestamp, _ waitingSince: Timestamp) -> Timestamp {
        lastArrival > now ? waitingSince : max(lastArrival, waitingSince)
    }

    /// Ships all that is open, finished or not.
    mutating func closeEarly(plan: WindowPlan, emit: (Draft) -> Void) {
        flushLate(plan, emit)
        for span in openWindows(plan) {
            let revision = aftermath.value?.finalRevision(of: span) ?? 0
            ship(span, revision: revision, [.partial], plan, emit)
        }
        panes.removeAll()
    }

    /// Whether some window waits for its end.
    func isOpen(_ plan: WindowPlan) -> Bool {
        guard let last = lastSpan else { return false }
        return switch plan.layout.shape {
        case .sliding: false
        case .count: true
        default: plan.lastEnd(of: last) > watermark
        }
    }

    /// Whether time alone ends some window: those by count wait for their readings.
    private func closesInTime(_ plan: WindowPlan) -> Bool {
        if case .count = plan.layout.shape { false } else { isOpen(plan) }
    }

    // Without a copy of the whole pane.
    var firstSpan: WindowPlan.Span? { panes.isEmpty ? nil : panes[0].span }
    var lastSpan: WindowPlan.Span? { panes.isEmpty ? nil : panes[panes.count - 1].span }
}

extension SeriesWindows {
    func encode(into writer: inout ByteWriter, _ plan: WindowPlan) {
        writer.signed(watermark.microseconds)
        writer.time(lastArrival)
        writer.count(panes.count)
        for pane in panes { pane.encode(into: &writer, plan) }
        writer.byte((before.isEmpty ? 0 : 1) | (aftermath.isEmpty ? 0 : 2))
        before.value?.encode(into: &writer)
        aftermath.value?.encode(into: &writer, plan)
    }

    init(from reader: inout ByteReader, _ plan: WindowPlan) throws(FormatError) {
        // Compared only, and before all time in the beginning.
        watermark = Timestamp(microseconds: try reader.signed())
        lastArrival = try reader.time()
        for _ in 0..<(try reader.count(ofAtLeast: 8)) {
            let pane = try Pane(from: &reader, plan)
            guard panes.last.map({ $0.span.start < pane.span.start }) ?? true else {
                throw .malformed("windows that are not in order")
            }
            panes.append(pane)
        }
        let parts = try reader.byte()
        if parts & 1 != 0 { before = OutOfLine(try SignalPoint(from: &reader)) }
        if parts & 2 != 0 { aftermath = OutOfLine(try Aftermath(from: &reader, plan)) }
    }
}
