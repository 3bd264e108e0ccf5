/// What a series has to do besides its windows; most have none of it.
struct SeriesDuties: Hashable, Sendable {
    struct Alarm: Hashable, Sendable {
        /// Its place in the plan.
        var plan: Int
        var state = AlarmState()
    }

    /// Derived from the plan, as is which alarms there are.
    var rules: QualityRules?
    var report: ExceptionPlan?
    var gate = QualityGate()
    var filter = ExceptionFilter()
    var alarms: [Alarm] = []

    /// `nil` for a series without any.
    init?(of series: Series, _ plan: Plan) {
        let stream = plan.streams.first { $0.name == series.stream }
        rules = stream?.quality.value(for: series)
        report =
            stream?.reports.value(for: series)
            ?? plan.fusions.first { $0.name == series.stream }?.report
        alarms = plan.alarms.indices.filter { plan.alarms[$0].target.matches(series) }
            .map { Alarm(plan: $0) }
        if rules == nil, report == nil, alarms.isEmpty { return nil }
    }

    func encode(into writer: inout ByteWriter) {
        if rules != nil { gate.encode(into: &writer) }
        if report != nil { filter.encode(into: &writer) }
        writer.count(alarms.count)
        for alarm in alarms { alarm.state.encode(into: &writer) }
    }

    /// Takes up the state of a snapshot.
    mutating func restore(from reader: inout ByteReader) throws(FormatError) {
        if rules != nil { gate = try QualityGate(from: &reader) }
        if report != nil { filter = try ExceptionFilter(from: &reader) }
        guard try reader.count() == alarms.count else {
            throw .malformed("alarms of another plan")
        }
        for index in alarms.indices { alarms[index].state = try AlarmState(from: &reader) }
    }
}
