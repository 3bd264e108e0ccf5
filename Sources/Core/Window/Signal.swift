/// What became of a signal from its first reading to its last: integrals, durations, changes.
/// Two of them that follow each other make one, and their whole is what it would have been in
/// one piece.
///
/// Between two readings the signal is a line, or, stepped, stays as it was. From a bad reading
/// to the next one that is not bad it is unknown; towards a bad reading it stays as it was.
struct Signal: Hashable, Sendable {
    private(set) var first: SignalPoint
    private(set) var last: SignalPoint
    /// Of the readings that are not bad.
    private(set) var firstKnown: SignalPoint?
    private(set) var lastKnown: SignalPoint?
    private(set) var durations = SignalDurations()
    private(set) var increase = 0.0
    private(set) var transitions: UInt64 = 0

    init(_ point: SignalPoint, _ plan: SignalPlan) {
        (first, last) = (point, point)
        durations.states = Array(repeating: 0, count: plan.states.count)
        if plan.isKnown(point) { (firstKnown, lastKnown) = (point, point) }
    }

    /// - Precondition: the point is not before the last one.
    mutating func append(_ point: SignalPoint, _ plan: SignalPlan) {
        durations.add(from: last, to: point, until: point.time, plan)
        last = point
        guard plan.isKnown(point) else { return }
        if let lastKnown { note(change(from: lastKnown, to: point, plan)) }
        firstKnown = firstKnown ?? point
        lastKnown = point
    }

    /// - Precondition: the other one does not begin before this one ends.
    mutating func append(_ later: Signal, _ plan: SignalPlan) {
        durations.add(from: last, to: later.first, until: later.first.time, plan)
        durations.add(later.durations)
        if let lastKnown, let next = later.firstKnown {
            note(change(from: lastKnown, to: next, plan))
        }
        increase += later.increase
        transitions += later.transitions
        last = later.last
        firstKnown = firstKnown ?? later.firstKnown
        lastKnown = later.lastKnown ?? lastKnown
    }

    private mutating func note(_ change: (increase: Double, isTransition: Bool)) {
        increase += change.increase
        if change.isTransition { transitions += 1 }
    }

    private func change(
        from before: SignalPoint, to after: SignalPoint, _ plan: SignalPlan
    ) -> (increase: Double, isTransition: Bool) {
        (plan.increase(from: before.value, to: after.value), before.value != after.value)
    }

    /// The same with what is known of it up to the bounds of a window.
    ///
    /// - Parameters:
    ///   - before: the last reading ahead of the window, `after` the first one behind it.
    func bounded(
        by span: WindowPlan.Span, before: SignalPoint?, after: SignalPoint?, _ plan: SignalPlan
    ) -> Signal {
        var whole = self
        if let before {
            var lead = before
            lead.value = before.value(at: span.start, towards: first, plan)
            // The step is what was before, the line where it has come to.
            whole.durations.addLead(
                stepped: before, line: lead, to: first, from: span.start, plan)
            if plan.isKnown(before), let firstKnown {
                whole.note(change(from: before, to: firstKnown, plan))
            }
        }
        if span.end > last.time {
            whole.durations.add(from: last, to: after, until: span.end, plan)
        }
        return whole
    }
}

extension SignalPoint {
    /// The signal at a moment between this point and the next: on the line between them, or as
    /// here where one of them is not known.
    func value(at time: Timestamp, towards next: SignalPoint?, _ plan: SignalPlan) -> Double {
        guard let next, plan.isKnown(self), plan.isKnown(next), next.time > self.time else {
            return value
        }
        let part = Double(time - self.time) / Double(next.time - self.time)
        return value + (next.value - value) * part
    }
}

extension Signal {
    func encode(into writer: inout ByteWriter) {
        first.encode(into: &writer)
        last.encode(into: &writer)
        for point in [firstKnown, lastKnown] {
            writer.byte(point == nil ? 0 : 1)
            point?.encode(into: &writer)
        }
        durations.encode(into: &writer)
        writer.double(increase)
        writer.varint(transitions)
    }

    init(from reader: inout ByteReader, _ plan: SignalPlan) throws(FormatError) {
        first = try SignalPoint(from: &reader)
        last = try SignalPoint(from: &reader)
        if try reader.byte() == 1 { firstKnown = try SignalPoint(from: &reader) }
        if try reader.byte() == 1 { lastKnown = try SignalPoint(from: &reader) }
        durations = try SignalDurations(from: &reader, states: plan.states.count)
        increase = try reader.double()
        transitions = try reader.readings()
        guard first.time <= last.time, increase.magnitude <= 1e90 else {
            throw .malformed("a signal that makes no sense")
        }
    }
}
