internal import Core

/// A small plant: a stream of each kind, and fusions.
enum Scene {
    static let start = Timestamp(microseconds: 1_763_932_774_000_000)
    static let plan = plan(offset: Number(-3), size: 2_000_000)
    static let otherPlan = plan(offset: .decimal(mantissa: 5, scale: 1), size: 3_000_000)

    static let topics = [
        "plant/d0/temp", "plant/d1/temp", "plant/d2/temp", "plant/d0/air", "tank/1", "tank/2",
        "elsewhere",
    ].map { Array($0.utf8) }

    /// More than one part of a snapshot holds.
    static let series = (0..<70).map { index in
        Series(
            stream: "temp", field: "temp", labels: [.init(name: "device", value: "d\(index)")],
            unit: "Cel")
    }

    private static func plan(offset: Number, size: Microseconds) -> Plan {
        func path(_ text: String) -> JSONPath { try! JSONPath(text) }
        func pattern(_ text: String) -> TopicPattern { try! TopicPattern(text) }
        func window(_ aggregates: [Aggregate]) -> WindowPlan {
            WindowPlan(
                .tumbling(size: size), aggregates: aggregates, delay: 500_000, idle: 4_000_000)
        }
        let all = Aggregate.simple + [.quantile(1), .quantile(9_500), .quantile(9_999)]
        let streams = [
            StreamPlan(
                name: "temp", pattern: pattern("plant/{device}/temp"),
                payload: .json(
                    fields: [path("$.v")], time: .init(path: path("$.t"), format: .milliseconds)),
                fields: [.init(name: "temp", unit: "Cel")],
                calibrations: [
                    .init(
                        labels: [.init(name: "device", value: "d1")],
                        value: Calibration(
                            gain: .decimal(mantissa: 101, scale: 2), offset: offset))
                ],
                windows: [window(all)]),
            StreamPlan(
                name: "air", pattern: pattern("plant/{device}/air"),
                payload: .json(fields: [path("$.w"), path("$.h")], time: nil),
                fields: [.init(name: "warmth", unit: "Cel"), .init(name: "humidity", unit: "%")],
                calibrations: [], windows: [window([.mean, .standardDeviation])]),
            StreamPlan(
                name: "level", pattern: pattern("tank/{tank}"), payload: .number,
                fields: [.init(name: "level", unit: "m")], calibrations: [],
                windows: [window([.count, .sum, .quantile(5_000)])]),
        ]
        let fusions = [
            ("pair", FusionPlan.Method.median, 2), ("trio", .inverseVariance(.given), 3),
        ].map {
            name, method, count in
            FusionPlan(
                name: name, unit: "Cel", labels: [], method: method,
                inputs: (0..<count).map { index in
                    FusionPlan.Input(
                        stream: "temp", field: "temp",
                        labels: [.init(name: "device", value: "d\(index)")],
                        calibration: .identity, sigma: [1e-6, 1, 1e6][index])
                },
                tolerance: 1_000_000, quorum: 2, windows: [window(all)])
        }
        var limits = Limits()
        limits.series = 80
        limits.gapInterval = 1_000_000
        return Plan(streams: streams, fusions: fusions, limits: limits)
    }

    /// Some readings, some silence, and another plan.
    static func goOn(_ engine: Engine) throws(Violation) -> Effects {
        var engine = engine
        var effects = Effects()
        var time = start
        engine.connected(sessionPresent: false, at: time)
        engine.brokerDropped(3, at: time)
        for round in 0..<3 {
            for topic in topics {
                if engine.find(topic.span) == nil { _ = engine.add(topic: topic.span) }
                guard let id = engine.find(topic.span) else {
                    throw Violation("a topic is not kept")
                }
                let payload = Array(
                    #"{"v":-1.5,"w":1e60,"h":0,"t":\#(time.microseconds / 1_000)}"#.utf8)
                engine.receive(topic: id, payload: payload.span, at: time, into: &effects)
                let number = Array("\(round)".utf8)
                engine.receive(topic: id, payload: number.span, at: time, into: &effects)
            }
            time = time + 700_000
            _ = engine.wantsTick(at: time)
            _ = engine.tick(at: time, into: &effects)
        }
        for span in [60_000_000, -3_600_000_000, 86_400_000_000] as [Microseconds] {
            time = time + span
            _ = engine.wantsTick(at: time)
            _ = engine.tick(at: time, into: &effects)
        }
        _ = engine.openSeries
        engine.reconfigure(otherPlan, into: &effects)
        engine.reconfigure(plan, into: &effects)
        return effects
    }
}
