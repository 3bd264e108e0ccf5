import Core

/// An engine, and all that it has let out.
struct EngineHarness {
    var engine: Engine
    var effects = Effects()

    init(_ plan: Plan) { engine = Engine(plan: plan) }

    mutating func receive(_ topic: String, _ payload: String, at milliseconds: Int64) {
        let bytes = Array(topic.utf8)
        let id = engine.find(bytes.span) ?? engine.add(topic: bytes.span)
        engine.receive(
            topic: id, payload: Array(payload.utf8).span, at: Self.time(milliseconds),
            into: &effects)
    }

    mutating func tick(_ milliseconds: Int64) {
        _ = engine.tick(at: Self.time(milliseconds), into: &effects)
    }

    /// The windows as text, in the order of their emission.
    var windows: [String] {
        effects.windows.map { window in
            let values = zip(window.layout.aggregates, window.values)
                .map { "\($0.name)=\($1.map(\.description) ?? "nil")" }.joined(separator: " ")
            let start = window.start.microseconds / 1_000_000
            let revision = window.revision == 0 ? "" : " revision=\(window.revision)"
            let flags = window.flags.isEmpty ? "" : " flags=\(window.flags.rawValue)"
            return "\(engine.series(window.series)) @\(start) \(values)\(revision)\(flags)"
        }
    }

    static func time(_ milliseconds: Int64) -> Timestamp {
        Timestamp(microseconds: milliseconds * 1_000)
    }

    /// One stream of JSON temperatures in windows of 10 s.
    static func plan(
        aggregates: [Aggregate] = [.count, .sum, .min, .max, .first, .last],
        delay: Int64 = 5, idle: Int64 = 15, fusions: [FusionPlan] = [],
        calibrations: [SeriesRule<Calibration>] = []
    ) throws -> Plan {
        let format = PayloadFormat.json(
            fields: [try JSONPath("$.v")],
            time: .init(path: try JSONPath("$.t"), format: .milliseconds))
        let stream = StreamPlan(
            name: "temperature", pattern: try TopicPattern("plant/{device}/temperature"),
            payload: format, fields: [.init(name: "temperature", unit: "Cel")],
            calibrations: calibrations,
            windows: [
                WindowPlan(
                    .tumbling(size: 10_000_000), aggregates: aggregates,
                    delay: delay * 1_000_000, idle: idle * 1_000_000)
            ])
        return Plan(streams: [stream], fusions: fusions)
    }
}

extension EngineHarness {
    /// The same from its snapshot.
    func restored(_ plan: Plan) throws -> EngineHarness {
        var original = self
        var copy = EngineHarness(plan)
        let series = (0..<engine.seriesCount).map { engine.series(SeriesID($0)) }
        try copy.engine.restore(original.engine.wholeSnapshot(), series: series)
        copy.effects = effects
        copy.engine.tally = engine.tally
        return copy
    }
}

extension Engine {
    /// As after a change of plan, which writes all of it.
    mutating func wholeSnapshot() -> [SnapshotPart] {
        var effects = Effects()
        reconfigure(plan, into: &effects)
        return snapshot()
    }
}
