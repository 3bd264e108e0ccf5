/// Windows that lie in time by themselves: tumbling, hopping, by calendar.
extension SeriesWindows {
    /// Puts a reading into its pane, or among the late ones.
    ///
    /// - Returns: whether it came in time.
    mutating func place(_ reading: Reading, arrival: Timestamp, _ plan: WindowPlan) -> Bool {
        // The pane of most readings is the last one.
        if let last = panes.indices.last, panes[last].span.contains(reading.time),
            panes[last].span.end > watermark
        {
            panes[last].add(reading, plan)
            return true
        }
        let span = plan.pane(of: reading.time)
        guard span.end <= watermark else {
            panes[pane(of: span)].add(reading, plan)
            return true
        }
        var isKept = false
        for window in plan.windows(of: span) {
            guard window.end + plan.lateness > watermark else {
                aftermath.modify(or: Aftermath()) {
                    $0.amend(window, with: reading, arrival: arrival, plan)
                }
                continue
            }
            isKept = true
            guard window.end <= watermark else { continue }
            aftermath.modify(or: Aftermath()) { $0.revise(window, arrival: arrival) }
        }
        guard isKept else { return false }
        let place = pane(of: span)
        panes[place].add(reading, plan)
        panes[place].markLate()
        return false
    }

    private mutating func pane(of span: WindowPlan.Span) -> Int {
        var index = panes.count
        while index > 0, panes[index - 1].span.start >= span.start { index -= 1 }
        if index == panes.count || panes[index].span != span { panes.insert(Pane(span), at: index) }
        return index
    }

    /// Moves the watermark forward, and ships what it passes.
    mutating func advance(to time: Timestamp, _ plan: WindowPlan, _ emit: (Draft) -> Void) {
        guard time > watermark else { return }
        let passed = watermark
        watermark = time
        guard let first = firstSpan else { return }
        settle(plan)
        // Windows end with their first pane at the earliest.
        guard first.end <= time else { return }
        for span in windows(plan, endingAfter: passed, through: time) {
            shipLast(span, plan, emit)
        }
        // What is let go of can't be revised any more.
        if aftermath.value?.toRevise.contains(where: { $0.end + plan.lateness <= time }) ?? false {
            flushLate(plan, emit)
        }
        release(plan)
    }

    private mutating func settle(_ plan: WindowPlan) {
        guard plan.needs.contains(.signal) else { return }
        let horizon = watermark + -plan.lateness
        for index in panes.indices where panes[index].span.start <= horizon {
            panes[index].settle(through: horizon, plan)
        }
    }

    /// Lets go of what no window to come, and no revision, is made of.
    private mutating func release(_ plan: WindowPlan) {
        // With an end in sight only: a watermark may be before all time.
        while let end = lastUse(plan), end <= watermark, end + plan.lateness <= watermark {
            if let point = panes[0].lastPoint { before = OutOfLine(point) }
            panes.removeFirst()
        }
        guard !aftermath.isEmpty else { return }
        let watermark = watermark
        aftermath.modify(or: Aftermath()) { aftermath in
            aftermath.emissions.removeAll { $0.span.end + plan.lateness <= watermark }
        }
    }

    /// The moment behind which the first pane is of no use to windows to come. A session that was
    /// closed for its length is known as long as one with its readings could be open.
    private func lastUse(_ plan: WindowPlan) -> Timestamp? {
        guard let first = firstSpan else { return nil }
        guard case .session(let gap) = plan.layout.shape else { return plan.lastEnd(of: first) }
        return panes[0].lastTime + gap
    }

    /// Ships a window that the watermark has passed.
    mutating func shipLast(
        _ span: WindowPlan.Span, _ plan: WindowPlan, _ emit: (Draft) -> Void
    ) {
        let revision = aftermath.value?.finalRevision(of: span) ?? 0
        ship(span, revision: revision, [], plan, emit)
        if revision > 0 { aftermath.modify(or: Aftermath()) { $0.shipped(span, revision) } }
    }

    /// Of the windows that the panes are part of those that end then, by start.
    private func windows(
        _ plan: WindowPlan, endingAfter early: Timestamp, through late: Timestamp
    ) -> [WindowPlan.Span] {
        var found: [WindowPlan.Span] = []
        func include(_ window: WindowPlan.Span) {
            guard window.end > early, window.end <= late else { return }
            if let last = found.last, last.start >= window.start { return }
            found.append(window)
        }
        let isHopping = if case .hopping = plan.layout.shape { true } else { false }
        for index in panes.indices {
            if isHopping {
                for window in plan.windows(of: panes[index].span) { include(window) }
            } else {
                include(panes[index].span)
            }
        }
        return found
    }

    func openWindows(_ plan: WindowPlan) -> [WindowPlan.Span] {
        switch plan.layout.shape {
        case .sliding: []
        case .count: panes.map(\.span)
        default:
            windows(plan, endingAfter: watermark, through: Timestamp(microseconds: .max))
        }
    }

    /// Ships a window as the panes have it.
    func ship(
        _ span: WindowPlan.Span, revision: UInt32, _ flags: WindowRecord.Flags,
        _ plan: WindowPlan, _ emit: (Draft) -> Void
    ) {
        guard
            let first = panes.firstIndex(where: {
                $0.span.start >= span.start && $0.span.end <= span.end
            })
        else { return }
        var whole = panes[first]
        var next = first + 1
        while next < panes.count, panes[next].span.end <= span.end {
            whole.append(panes[next], plan)
            next += 1
        }
        whole.span = span
        let before = first > 0 ? panes[first - 1].lastPoint : self.before.value
        let after = next < panes.count ? panes[next].firstPoint : nil
        emit(
            Draft(
                span: span, revision: revision, flags: flags, quality: whole.quality,
                values: whole.values(plan, before: before, after: after)))
    }
}

extension WindowPlan {
    /// Of the windows that a pane is part of, the end of the last one.
    func lastEnd(of pane: Span) -> Timestamp {
        guard case .hopping(let size, let hop) = layout.shape else { return pane.end }
        let (quotient, _) = (pane.start.microseconds - offset).quotientAndFloorRemainder(hop)
        return Timestamp(microseconds: quotient * hop + offset + size)
    }
}

extension Aftermath {
    /// A window that had early results was shipped at its end; it may still be revised.
    fileprivate mutating func shipped(_ span: WindowPlan.Span, _ revision: UInt32) {
        guard let index = emissions.firstIndex(where: { $0.span.start == span.start }) else {
            return
        }
        emissions[index].revision = revision
    }
}
