/// Quality, report by exception, alarms.
extension Engine {
    /// What a reading has to pass before it counts.
    ///
    /// - Returns: the reading as it was judged.
    mutating func attend(
        _ reading: Reading, of id: SeriesID, arrival: Timestamp, _ effects: inout Effects
    ) -> Reading {
        let index = Int(id)
        let waitingSince = waitingSince
        let alarms = plan.alarms
        var transitions: [(Int, AlarmTransition)] = []
        var samples: [Reading] = []
        var wasStale = false
        let judged = modifyDuties(of: index) { duties in
            var judged = reading
            if let rules = duties.rules {
                wasStale = duties.gate.isStale
                judged = duties.gate.judge(reading, arrival: arrival, rules: rules)
            }
            if let report = duties.report {
                duties.filter.take(judged, arrival: arrival, plan: report) { samples.append($0) }
            }
            for place in duties.alarms.indices {
                let number = duties.alarms[place].plan
                guard alarms[number].target.aggregate == nil else { continue }
                duties.alarms[place].state.take(
                    judged, arrival: arrival, waitingSince: waitingSince, plan: alarms[number]
                ) { transitions.append((number, $0)) }
            }
            return judged
        }
        if wasStale { noteSilence(of: id, isOver: true, at: arrival, &effects) }
        ship(samples, of: id, &effects)
        for (alarm, transition) in transitions { announce(transition, alarm, id, &effects) }
        return judged
    }

    /// Alarms on what the series' windows came to.
    mutating func attendWindows(
        _ windows: ArraySlice<WindowRecord>, of id: SeriesID, arrival: Timestamp,
        _ effects: inout Effects
    ) {
        guard !windows.isEmpty, !series[Int(id)].duties.isEmpty else { return }
        let waitingSince = waitingSince
        let alarms = plan.alarms
        var transitions: [(Int, AlarmTransition)] = []
        modifyDuties(of: Int(id)) { duties in
            for window in windows {
                for place in duties.alarms.indices {
                    let number = duties.alarms[place].plan
                    guard let reading = alarms[number].target.reading(of: window) else { continue }
                    duties.alarms[place].state.take(
                        reading, arrival: arrival, waitingSince: waitingSince,
                        plan: alarms[number]
                    ) { transitions.append((number, $0)) }
                }
            }
        }
        for (alarm, transition) in transitions { announce(transition, alarm, id, &effects) }
    }

    mutating func tickDuties(of id: SeriesID, at now: Timestamp, _ effects: inout Effects) {
        guard !series[Int(id)].duties.isEmpty else { return }
        let waitingSince = waitingSince
        let alarms = plan.alarms
        var transitions: [(Int, AlarmTransition)] = []
        var samples: [Reading] = []
        var becameStale = false
        modifyDuties(of: Int(id)) { duties in
            if let rules = duties.rules {
                becameStale = duties.gate.tick(now: now, waitingSince: waitingSince, rules: rules)
            }
            if let report = duties.report {
                duties.filter.tick(now: now, waitingSince: waitingSince, plan: report) {
                    samples.append($0)
                }
            }
            for place in duties.alarms.indices {
                let number = duties.alarms[place].plan
                _ = duties.alarms[place].state.tick(
                    now: now, waitingSince: waitingSince, plan: alarms[number]
                ) { transitions.append((number, $0)) }
            }
        }
        if becameStale { noteSilence(of: id, isOver: false, at: now, &effects) }
        ship(samples, of: id, &effects)
        for (alarm, transition) in transitions { announce(transition, alarm, id, &effects) }
    }

    /// When a tick concerns a series' duties.
    func dutiesDue(_ index: Int, now: Timestamp) -> Timestamp? {
        // Most series have none, and a copy costs.
        guard !series[index].duties.isEmpty, let duties = series[index].duties.value else {
            return nil
        }
        var due: Timestamp?
        func include(_ time: Timestamp?) { if let time { due = min(due ?? time, time) } }
        if let rules = duties.rules {
            include(duties.gate.staleTime(now: now, waitingSince: waitingSince, rules: rules))
        }
        if let report = duties.report {
            include(duties.filter.due(now: now, waitingSince: waitingSince, plan: report))
        }
        for alarm in duties.alarms {
            include(
                alarm.state.due(
                    now: now, waitingSince: waitingSince, plan: plan.alarms[alarm.plan]))
        }
        return due
    }

    /// A person has seen an alarm: on all series that it stands for.
    mutating func acknowledge(_ alarm: String, at time: Timestamp, _ effects: inout Effects) {
        for index in series.indices where !series[index].duties.isEmpty {
            let names = plan.alarms.map(\.name)
            var transitions: [(Int, AlarmTransition)] = []
            modifyDuties(of: index) { duties in
                for place in duties.alarms.indices where names[duties.alarms[place].plan] == alarm {
                    guard let next = duties.alarms[place].state.acknowledge(at: time) else {
                        continue
                    }
                    transitions.append((duties.alarms[place].plan, next))
                }
            }
            for (alarm, transition) in transitions {
                announce(transition, alarm, SeriesID(index), &effects)
            }
            if !transitions.isEmpty { dirty.insert(series: index) }
        }
    }

    /// How all alarms stand, for a broker that may have missed it.
    package func restatedAlarms() -> [Publication] {
        var publications: [Publication] = []
        for state in series {
            for alarm in state.duties.value?.alarms ?? [] {
                guard let transition = alarm.state.restated,
                    let publication = publication(of: transition, alarm.plan, state.series)
                else { continue }
                publications.append(publication)
            }
        }
        return publications
    }

    private mutating func announce(
        _ transition: AlarmTransition, _ alarm: Int, _ id: SeriesID, _ effects: inout Effects
    ) {
        let subject = series[Int(id)].series
        if !transition.isRepeated {
            effects.events.append(plan.alarms[alarm].record(of: transition, in: subject))
            tally.events += 1
            stand(transition.state, alarm, id)
        }
        if let publication = publication(of: transition, alarm, subject) {
            effects.publications.append(publication)
        }
    }

    private mutating func ship(
        _ samples: [Reading], of id: SeriesID, _ effects: inout Effects
    ) {
        for sample in samples { effects.samples.append(SampleRecord(series: id, reading: sample)) }
        tally.samples += UInt64(samples.count)
    }

    private mutating func stand(_ state: EventRecord.State, _ alarm: Int, _ id: SeriesID) {
        let plan = plan.alarms[alarm]
        standingAlarms.removeAll { $0.id == id && $0.name == plan.name }
        guard state != .cleared else { return }
        standingAlarms.append(
            StandingAlarm(
                name: plan.name, series: series[Int(id)].series, state: state,
                severity: plan.severity, id: id))
    }

    /// Anew, out of the state.
    mutating func recallStandingAlarms() {
        standingAlarms = []
        for index in series.indices {
            for alarm in series[index].duties.value?.alarms ?? [] {
                stand(alarm.state.announced, alarm.plan, SeriesID(index))
            }
        }
    }

    private func publication(
        of transition: AlarmTransition, _ alarm: Int, _ series: Series
    ) -> Publication? {
        let plan = plan.alarms[alarm]
        guard let publication = plan.publication else { return nil }
        return .alarm(
            topic: publication.topic.topic { series[label: $0] },
            event: plan.record(of: transition, in: series), unit: series.unit,
            isRepeated: transition.isRepeated, isRetained: publication.isRetained)
    }

    private mutating func noteSilence(
        of id: SeriesID, isOver: Bool, at time: Timestamp, _ effects: inout Effects
    ) {
        tally.events += 1
        effects.events.append(
            EventRecord(
                kind: .maintenance, name: "stale", subject: series[Int(id)].series.description,
                state: isOver ? .cleared : .active, severity: .warning, time: time, value: nil,
                quality: Quality(.uncertain, .stale),
                detail: isOver
                    ? "readings come again" : "no reading for longer than 'quality.stale' allows"))
    }

    /// - Precondition: the series has duties.
    private mutating func modifyDuties<Result>(
        of index: Int, _ body: (inout SeriesDuties) -> Result
    ) -> Result {
        guard let absent = series[index].duties.value else {
            preconditionFailure("a series without duties")
        }
        return series[index].duties.modify(or: absent, body)
    }
}
