/// Sessions end `gap` after their last reading (Flink, "Session Windows"); one that has lasted
/// for too long, just after it. None that is open, or may be revised, overlaps another.
extension SeriesWindows {
    /// - Returns: whether the reading came in time.
    mutating func join(
        _ reading: Reading, gap: Microseconds, arrival: Timestamp, _ plan: WindowPlan,
        _ emit: (Draft) -> Void
    ) -> Bool {
        let own = WindowPlan.Span(start: reading.time, end: reading.time + gap)
        if let place = panes.indices.first(where: { panes[$0].span.contains(reading.time) }) {
            let isOpen = panes[place].span.end > watermark
            if extend(place, with: reading, gap: gap, arrival: arrival, plan, emit) {
                return isOpen
            }
        } else if own.end > watermark, begin(own, with: reading, gap: gap, plan, emit) {
            return true
        }
        aftermath.modify(or: Aftermath()) {
            $0.amend(own, with: reading, arrival: arrival, plan)
        }
        return false
    }

    /// Adds a reading to the session in whose span it lies; the next one may join them. One that
    /// has been shipped is revised, or goes on.
    ///
    /// - Returns: `false` where it may not be revised any more, or would have to join another
    ///   that has been shipped.
    private mutating func extend(
        _ place: Int, with reading: Reading, gap: Microseconds, arrival: Timestamp,
        _ plan: WindowPlan, _ emit: (Draft) -> Void
    ) -> Bool {
        let span = panes[place].span
        let isShipped = span.end <= watermark
        guard !isShipped || span.end + plan.lateness > watermark else { return false }
        let end = plan.sessionEnd(
            from: span.start, last: max(panes[place].lastTime, reading.time), gap: gap)
        let next = place + 1
        let joinsNext = next < panes.count && panes[next].span.start < end
        guard !joinsNext || !isKnown(next) else { return false }
        panes[place].add(reading, plan)
        if joinsNext { panes[place].append(panes.remove(at: next), plan) }
        if isShipped {
            panes[place].markLate()
            revise(place, gap: gap, arrival: arrival, plan)
        } else {
            moveEnd(place, gap: gap, plan, emit)
        }
        return true
    }

    /// Begins a session, or begins the next one earlier.
    ///
    /// - Returns: `false` where that one has been shipped.
    private mutating func begin(
        _ own: WindowPlan.Span, with reading: Reading, gap: Microseconds, _ plan: WindowPlan,
        _ emit: (Draft) -> Void
    ) -> Bool {
        var next = panes.count
        while next > 0, panes[next - 1].span.start > own.start { next -= 1 }
        guard next < panes.count, panes[next].span.start < own.end else {
            var pane = Pane(own)
            pane.add(reading, plan)
            panes.insert(pane, at: next)
            return true
        }
        guard !isKnown(next) else { return false }
        panes[next].add(reading, plan)
        panes[next].span.start = own.start
        moveEnd(next, gap: gap, plan, emit)
        return true
    }

    /// Whether a record with the session's start has been shipped.
    private func isKnown(_ place: Int) -> Bool {
        let span = panes[place].span
        return span.end <= watermark
            || aftermath.value?.emissions.contains { $0.span.start == span.start } ?? false
    }

    /// Sets the end of an open session. The watermark may have passed it, if it has become too
    /// long.
    private mutating func moveEnd(
        _ place: Int, gap: Microseconds, _ plan: WindowPlan, _ emit: (Draft) -> Void
    ) {
        let span = setEnd(place, gap: gap, plan)
        if !aftermath.isEmpty { aftermath.modify(or: Aftermath()) { $0.moveEnd(of: span) } }
        if span.end <= watermark { shipLast(span, plan, emit) }
    }

    /// Sets the end of a session that has been shipped: a revision, at once or at its new end.
    private mutating func revise(
        _ place: Int, gap: Microseconds, arrival: Timestamp, _ plan: WindowPlan
    ) {
        let span = setEnd(place, gap: gap, plan)
        let goesOn = span.end > watermark
        aftermath.modify(or: Aftermath()) {
            $0.toRevise.removeAll { $0.start == span.start }
            if goesOn { $0.reopen(span) } else { $0.revise(span, arrival: arrival) }
        }
    }

    private mutating func setEnd(
        _ place: Int, gap: Microseconds, _ plan: WindowPlan
    ) -> WindowPlan.Span {
        panes[place].span.end = plan.sessionEnd(
            from: panes[place].span.start, last: panes[place].lastTime, gap: gap)
        return panes[place].span
    }
}

extension WindowPlan {
    fileprivate func sessionEnd(
        from start: Timestamp, last: Timestamp, gap: Microseconds
    ) -> Timestamp {
        if let longestSession, last - start >= longestSession { return last + 1 }
        return last + gap
    }
}

extension Aftermath {
    fileprivate mutating func moveEnd(of span: WindowPlan.Span) {
        guard let index = emissions.firstIndex(where: { $0.span.start == span.start }) else {
            return
        }
        emissions[index].span = span
    }

    /// A window that was shipped is open again: its next record is a revision.
    fileprivate mutating func reopen(_ span: WindowPlan.Span) {
        moveEnd(of: span)
        if !emissions.contains(where: { $0.span.start == span.start }) {
            emissions.append(Emission(span: span, revision: 0))
        }
    }
}
