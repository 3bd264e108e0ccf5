/// Windows that lie where the readings are: sliding, by count, sessions.
extension SeriesWindows {
    /// A window that ends at the reading. One that is not the newest counts in those to come.
    ///
    /// - Returns: whether it counts in some window to come.
    mutating func slide(
        _ reading: Reading, arrival: Timestamp, _ plan: WindowPlan, _ emit: (Draft) -> Void
    ) -> Bool {
        let size = plan.layout.shape.size ?? 0
        let isNewest = reading.time >= watermark
        guard isNewest || reading.time + size > watermark else {
            let span = WindowPlan.Span(
                start: max(.epoch, reading.time + -size), end: reading.time)
            aftermath.modify(or: Aftermath()) {
                $0.amend(span, with: reading, arrival: arrival, plan)
            }
            return false
        }
        let span = plan.pane(of: reading.time)
        var index = panes.count
        while index > 0, panes[index - 1].span.start >= span.start { index -= 1 }
        if index == panes.count || panes[index].span != span { panes.insert(Pane(span), at: index) }
        panes[index].add(reading, plan)
        guard isNewest else { return true }
        watermark = reading.time
        while let first = firstSpan, first.end + size <= watermark {
            if let point = panes[0].lastPoint { before = OutOfLine(point) }
            panes.removeFirst()
        }
        shipSliding(until: reading.time, size: size, plan, emit)
        return true
    }

    private mutating func shipSliding(
        until end: Timestamp, size: Microseconds, _ plan: WindowPlan, _ emit: (Draft) -> Void
    ) {
        guard var whole = panes.first else { return }
        for pane in panes.dropFirst() { whole.append(pane, plan) }
        whole.span = WindowPlan.Span(start: max(.epoch, end + -size), end: end)
        // Several readings of one moment are one window.
        let revision = aftermath.modify(or: Aftermath()) { aftermath in
            if aftermath.emissions.last?.span == whole.span {
                return aftermath.nextRevision(of: whole.span)
            }
            aftermath.emissions = [.init(span: whole.span, revision: 0)]
            return 0
        }
        emit(
            Draft(
                span: whole.span, revision: revision, flags: [], quality: whole.quality,
                values: whole.values(plan, before: before.value, after: nil)))
    }

    /// By count: in the order of arrival, so that nothing is late.
    mutating func fill(
        _ reading: Reading, upTo count: UInt32, _ plan: WindowPlan, _ emit: (Draft) -> Void
    ) {
        if panes.isEmpty {
            panes.append(Pane(.init(start: reading.time, end: reading.time)))
        }
        panes[0].add(reading, plan)
        panes[0].span = .init(start: panes[0].firstTime, end: panes[0].lastTime)
        guard panes[0].count + panes[0].countBad >= UInt64(count) else { return }
        ship(panes[0].span, revision: 0, [], plan, emit)
        if let point = panes[0].lastPoint { before = OutOfLine(point) }
        panes.removeAll()
    }

    /// A session ends `gap` after its last reading (Flink, "Session Windows").
    ///
    /// - Returns: whether the reading came in time.
    mutating func join(
        _ reading: Reading, gap: Microseconds, arrival: Timestamp, _ plan: WindowPlan,
        _ emit: (Draft) -> Void
    ) -> Bool {
        let own = WindowPlan.Span(start: reading.time, end: reading.time + gap)
        guard own.end > watermark else {
            joinLate(own, reading, arrival: arrival, plan)
            return false
        }
        // Those open that this one touches: at most one on each side.
        let touched = panes.indices.filter {
            panes[$0].span.end > watermark && panes[$0].span.end > own.start
                && panes[$0].span.start < own.end
        }
        guard let first = touched.first else {
            var index = panes.count
            while index > 0, panes[index - 1].span.start >= own.start { index -= 1 }
            var pane = Pane(own)
            pane.add(reading, plan)
            panes.insert(pane, at: index)
            return true
        }
        panes[first].add(reading, plan)
        for _ in touched.dropFirst() {
            let later = panes.remove(at: first + 1)
            panes[first].append(later, plan)
        }
        panes[first].span.start = min(panes[first].span.start, own.start)
        panes[first].span.end = max(panes[first].span.end, own.end)
        if let longest = plan.longestSession,
            panes[first].span.end - panes[first].span.start - gap >= longest
        {
            ship(panes[first].span, revision: 0, [], plan, emit)
            if let point = panes[first].lastPoint { before = OutOfLine(point) }
            panes.remove(at: first)
        }
        return true
    }

    /// A reading of a session that has been shipped, or of one that nobody saw.
    private mutating func joinLate(
        _ own: WindowPlan.Span, _ reading: Reading, arrival: Timestamp, _ plan: WindowPlan
    ) {
        if let index = panes.firstIndex(where: { $0.span.contains(reading.time) }) {
            panes[index].add(reading, plan)
            panes[index].markLate()
            let span = panes[index].span
            aftermath.modify(or: Aftermath()) { $0.revise(span, arrival: arrival) }
            return
        }
        aftermath.modify(or: Aftermath()) {
            $0.amend(own, with: reading, arrival: arrival, plan)
        }
    }
}
