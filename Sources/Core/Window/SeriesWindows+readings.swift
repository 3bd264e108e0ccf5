/// Windows that lie where the readings are: sliding, by count.
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
}
