extension Engine {
    /// Where a topic's readings go under the present plan.
    func route(of topic: Span<UInt8>) -> TopicRoute {
        for (index, stream) in plan.streams.enumerated() {
            if let labels = stream.pattern.match(topic) {
                let isRecognised =
                    switch stream.payload {
                    case .recognised, .log: true
                    case .number, .json, .document: false
                    }
                return TopicRoute(
                    stream: index, isRecognised: isRecognised, labels: labels,
                    series: Array(repeating: nil, count: stream.fields.count))
            }
        }
        let alarm = plan.acknowledgement?.match(topic)?.first { $0.name == "alarm" }?.value
        return TopicRoute(stream: nil, acknowledges: alarm)
    }

    mutating func seriesID(
        topic: TopicID, field: Int, _ arrival: Timestamp, _ effects: inout Effects
    ) -> SeriesID? {
        if let known = routes[Int(topic)].series[field] { return known }
        guard let stream = routes[Int(topic)].stream else { return nil }
        let plan = plan.streams[stream]
        let id = add(
            Series(
                stream: plan.name, field: plan.fields[field].name,
                labels: routes[Int(topic)].labels, unit: plan.fields[field].unit),
            arrival, &effects)
        routes[Int(topic)].series[field] = id
        return id
    }

    mutating func fusedSeriesID(
        _ fusion: Int, _ field: Int, _ arrival: Timestamp, _ effects: inout Effects
    ) -> SeriesID? {
        if let known = fusions[fusion].series[field] { return known }
        let id = add(plan.fusions[fusion].series[field], arrival, &effects)
        fusions[fusion].series[field] = id
        return id
    }

    /// The series' number, a new one if need be; `nil`, and a gap, beyond the limit.
    mutating func add(
        _ new: Series, _ arrival: Timestamp, _ effects: inout Effects
    ) -> SeriesID? {
        if let known = numbers[new] { return known }
        guard series.count < plan.limits.series else {
            gaps.note(
                .seriesLimit, new.stream, at: arrival,
                detail: "more than \(plan.limits.series) series; see 'limits.series'")
            dirty.globals = true
            return nil
        }
        let id = SeriesID(series.count)
        series.append(SeriesState(new))
        numbers[new] = id
        attach(id, at: arrival)
        effects.newSeries.append(new)
        dirty.insert(series: Int(id))
        return id
    }

    /// Makes all that follows from the plan: routes, windows, calibrations, feeds.
    mutating func derive() {
        windowPlans = plan.windowPlans
        routes = (0..<topics.count).map { route(of: topics[TopicID($0)].span) }
        numbers.removeAll()
        for index in fusions.indices { fusions[index] = fusions[index].unbound }
        for index in series.indices {
            numbers[series[index].series] = SeriesID(index)
            series[index].feeds.removeAll()
            attach(SeriesID(index), at: nil)
        }
    }

    /// What its series had to do before it still has, where it is asked the same.
    private mutating func attachDuties(_ id: SeriesID) {
        let before = series[Int(id)].duties.value
        series[Int(id)].duties.clear()
        guard var duties = SeriesDuties(of: series[Int(id)].series, plan) else { return }
        if let before {
            if duties.rules == before.rules { duties.gate = before.gate }
            if duties.report == before.report { duties.filter = before.filter }
            for index in duties.alarms.indices {
                let alarm = plan.alarms[duties.alarms[index].plan]
                guard let known = before.alarms.first(where: { formerAlarms[$0.plan] == alarm })
                else { continue }
                duties.alarms[index].state = known.state
            }
        }
        series[Int(id)].duties = OutOfLine(duties)
    }

    /// - Parameter arrival: `nil` where an ambiguity has been reported before.
    private mutating func attach(_ id: SeriesID, at arrival: Timestamp?) {
        let new = series[Int(id)].series
        let node = plan.node(named: new.stream)
        series[Int(id)].node = node.map { Int32($0) }
        let count = node.map { windowPlans[$0].count } ?? 0
        if series[Int(id)].windows.count != count {
            var fresh = SeriesWindows()
            // What was late stays late: of one window no two records may look whole.
            if let former = series[Int(id)].formerWatermark { fresh.watermark = former }
            series[Int(id)].windows = Array(repeating: fresh, count: count)
        }
        let stream = plan.streams.first { $0.name == new.stream }
        let correction = Correction(
            conversion: stream?.conversions.value(for: new),
            calibration: stream?.calibrations.value(for: new))
        series[Int(id)].correction = correction.map(OutOfLine.init) ?? OutOfLine()
        attachDuties(id)
        for (fusion, plan) in plan.fusions.enumerated() {
            for (input, wanted) in plan.inputs.enumerated() where wanted.matches(new) {
                guard fusions[fusion].bound[input] == nil else {
                    if let arrival {
                        gaps.note(
                            .ambiguousInput, new.description, at: arrival,
                            detail: "input \(input + 1) of fusion '\(plan.name)' has a series; "
                                + "make its 'where' fit one alone")
                        dirty.globals = true
                    }
                    continue
                }
                fusions[fusion].bound[input] = id
                series[Int(id)].feeds.append((fusion, input))
            }
        }
    }
}

extension FusionState {
    fileprivate var unbound: FusionState {
        var copy = self
        copy.series = series.map { _ in nil }
        copy.bound = bound.map { _ in nil }
        return copy
    }
}

extension Plan {
    /// What makes the windows of a stream or fusion comparable over time: all of it but
    /// its place in the list.
    enum Meaning: Hashable {
        case stream(StreamPlan)
        case fusion(FusionPlan)
    }

    func meaning(of name: String) -> Meaning? {
        streams.first { $0.name == name }.map(Meaning.stream)
            ?? fusions.first { $0.name == name }.map(Meaning.fusion)
    }
}
