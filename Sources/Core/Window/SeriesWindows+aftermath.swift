/// Early results, revisions and amendments.
extension SeriesWindows {
    /// Ships open windows as far as they are known, each `early`.
    mutating func flushEarly(now: Timestamp, _ plan: WindowPlan, _ emit: (Draft) -> Void) {
        guard let early = plan.early else { return }
        let isOpen = isOpen(plan)
        guard let next = aftermath.value?.nextEarly, isOpen else {
            if isOpen || aftermath.value?.nextEarly != nil {
                aftermath.modify(or: Aftermath()) { $0.nextEarly = isOpen ? now + early : nil }
            }
            return
        }
        guard now >= next else { return }
        for span in openWindows(plan) {
            let revision = aftermath.modify(or: Aftermath()) { $0.earlyRevision(of: span) }
            ship(span, revision: revision, [.early], plan, emit)
        }
        aftermath.modify(or: Aftermath()) { $0.nextEarly = now + early }
    }

    /// Ships revisions and amendments that have been gathered for long enough.
    mutating func flushLateIfDue(now: Timestamp, _ plan: WindowPlan, _ emit: (Draft) -> Void) {
        guard let state = aftermath.value, let since = state.lateSince else { return }
        // A clock set back makes nothing wait longer.
        guard state.isFull || !(0..<Aftermath.gathering).contains(now - since) else { return }
        flushLate(plan, emit)
    }

    /// Ships revisions and amendments.
    mutating func flushLate(_ plan: WindowPlan, _ emit: (Draft) -> Void) {
        guard let state = aftermath.value, state.lateSince != nil else { return }
        for span in state.toRevise.sorted(by: { $0.start < $1.start }) {
            let revision = aftermath.modify(or: Aftermath()) { $0.nextRevision(of: span) }
            ship(span, revision: revision, [], plan, emit)
        }
        for pane in state.late.sorted(by: { $0.span.start < $1.span.start }) {
            emit(
                Draft(
                    span: pane.span, revision: 0, flags: [.amendment], quality: pane.quality,
                    values: pane.values(plan, before: nil, after: nil)))
        }
        aftermath.modify(or: Aftermath()) {
            $0.toRevise.removeAll()
            $0.late.removeAll()
            $0.lateSince = nil
        }
    }
}
