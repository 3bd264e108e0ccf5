/// What goes on with one series.
extension Engine {
    /// Empty for a series that the present plan does not know.
    func windowPlans(of state: SeriesState) -> [WindowPlan] {
        state.node.map { windowPlans[Int($0)] } ?? []
    }

    /// A reading of a series, calibrated.
    ///
    /// - Parameter source: the topic that it came by.
    mutating func take(
        _ reading: Reading, of id: SeriesID, arrival: Timestamp, source: TopicID,
        _ effects: inout Effects
    ) {
        var reading = reading
        if !series[Int(id)].duties.isEmpty {
            reading = attend(reading, of: id, arrival: arrival, &effects)
        }
        add(reading, to: id, arrival: arrival, source: source, &effects)
        for feed in series[Int(id)].feeds { fuse(feed, reading, arrival: arrival, &effects) }
    }

    private mutating func add(
        _ reading: Reading, to id: SeriesID, arrival: Timestamp, source: TopicID,
        _ effects: inout Effects
    ) {
        let index = Int(id)
        guard let node = series[index].node else { return }
        let plans = windowPlans[Int(node)]
        let before = effects.windows.count
        var isInTime = true
        for place in plans.indices {
            let plan = plans[place]
            let counts = series[index].windows[place].take(
                reading, arrival: arrival, source: source, waitingSince: waitingSince, plan: plan
            ) { effects.windows.append(WindowRecord($0, series: id, layout: plan.layout)) }
            if !counts { isInTime = false }
        }
        tally.readings += 1
        if !isInTime { tally.late += 1 }
        noteShipped(since: before, of: id, at: arrival, &effects)
        dirty.insert(series: index)
        noteOpen(index, plans)
        enqueue(index, at: arrival)
    }

    mutating func tick(_ id: SeriesID, at now: Timestamp, _ effects: inout Effects) {
        let index = Int(id)
        guard let node = series[index].node else { return }
        let plans = windowPlans[Int(node)]
        let before = effects.windows.count
        for place in plans.indices {
            let plan = plans[place]
            series[index].windows[place].tick(now: now, waitingSince: waitingSince, plan: plan) {
                effects.windows.append(WindowRecord($0, series: id, layout: plan.layout))
            }
        }
        noteShipped(since: before, of: id, at: now, &effects)
        tickDuties(of: id, at: now, &effects)
        dirty.insert(series: index)
        noteOpen(index, plans)
        enqueue(index, at: now)
    }

    private mutating func noteShipped(
        since before: Int, of id: SeriesID, at time: Timestamp, _ effects: inout Effects
    ) {
        guard effects.windows.count > before else { return }
        tally.windows += UInt64(effects.windows.count - before)
        attendWindows(effects.windows[before...], of: id, arrival: time, &effects)
    }

    /// Ships all that is open of a series whose plan changes.
    mutating func closeEarly(_ id: SeriesID, _ effects: inout Effects) {
        let index = Int(id)
        for (place, plan) in windowPlans(of: series[index]).enumerated() {
            series[index].windows[place].closeEarly(plan: plan) {
                effects.windows.append(WindowRecord($0, series: id, layout: plan.layout))
            }
        }
        series[index].formerWatermark = series[index].windows.map(\.watermark).max()
        series[index].windows = []
        guard var duties = series[index].duties.value, duties.report != nil else { return }
        duties.filter.flush {
            effects.samples.append(SampleRecord(series: id, reading: $0))
        }
        series[index].duties = OutOfLine(duties)
    }

    private mutating func noteOpen(_ index: Int, _ plans: [WindowPlan]) {
        var isOpen = false
        for place in plans.indices where series[index].windows[place].isOpen(plans[place]) {
            isOpen = true
        }
        guard isOpen != series[index].isOpen else { return }
        series[index].isOpen = isOpen
        openSeries += isOpen ? 1 : -1
    }
}

/// When a tick concerns which series.
extension Engine {
    private func due(_ index: Int, now: Timestamp) -> Timestamp? {
        guard let node = series[index].node else { return nil }
        let plans = windowPlans[Int(node)]
        var due = dutiesDue(index, now: now)
        for place in plans.indices {
            guard
                let next = series[index].windows[place].due(
                    now: now, waitingSince: waitingSince, plan: plans[place])
            else { continue }
            due = min(due ?? next, next)
        }
        return due
    }

    /// A series that is queued for an earlier time is looked at again then.
    mutating func enqueue(_ index: Int, at now: Timestamp) {
        latestLook = max(latestLook, now)
        guard let due = due(index, now: now) else { return }
        if let queued = series[index].queued, queued <= due { return }
        series[index].queued = due
        queue.push(index, at: due)
    }

    /// All anew: after a clock was set, entries might be too late.
    mutating func enqueueAll(at now: Timestamp) {
        queue.removeAll()
        latestLook = now
        openSeries = 0
        for index in series.indices {
            series[index].queued = nil
            series[index].isOpen = false
            noteOpen(index, windowPlans(of: series[index]))
            enqueue(index, at: now)
        }
    }

    /// The series that a tick concerns now, in the order of their numbers.
    mutating func takeDue(_ now: Timestamp) -> [Int] {
        lookAgain(now)
        var found: [Int] = []
        while let index = nextDue(now) { found.append(index) }
        return found.sorted()
    }

    mutating func isSeriesDue(_ now: Timestamp) -> Bool {
        lookAgain(now)
        guard let index = nextDue(now) else { return false }
        // Back at its own time: the next look may be at an earlier moment.
        enqueue(index, at: now)
        return true
    }

    /// A silence that began after `now` is none: what was put off for it may be due.
    private mutating func lookAgain(_ now: Timestamp) {
        if now < latestLook { enqueueAll(at: now) }
        latestLook = now
    }

    /// Takes one that is due out of the queue; those whose time has moved go back.
    private mutating func nextDue(_ now: Timestamp) -> Int? {
        while let entry = queue.pop(through: now) {
            let index = entry.item
            // Queued again for an earlier time since.
            guard series[index].queued == entry.time else { continue }
            series[index].queued = nil
            guard let due = due(index, now: now) else { continue }
            if due <= now { return index }
            series[index].queued = due
            queue.push(index, at: due)
        }
        return nil
    }
}

extension WindowRecord {
    init(_ draft: SeriesWindows.Draft, series: SeriesID, layout: WindowLayout) {
        self.init(
            series: series, start: draft.span.start, end: draft.span.end, layout: layout,
            revision: draft.revision, flags: draft.flags, quality: draft.quality,
            values: draft.values)
    }
}
