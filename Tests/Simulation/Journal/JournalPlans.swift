internal import Core
internal import Simulator

/// Plans that are alike in some of their streams and fusions.
enum JournalPlans {
    static func draw(using generator: inout SplitMix) throws -> [Plan] {
        var plans: [Plan] = []
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            plans.append(try plan(&generator))
        }
        return plans
    }

    private static func plan(_ generator: inout SplitMix) throws -> Plan {
        func draw(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
        var streams = [
            StreamPlan(
                name: "temp", pattern: try TopicPattern("plant/{device}/temp"),
                payload: .json(
                    fields: [try JSONPath("$.v")],
                    time: .init(path: try JSONPath("$.t"), format: .milliseconds)),
                fields: [.init(name: "temp", unit: "Cel")],
                calibrations: draw(0...1) == 0
                    ? []
                    : [
                        .init(
                            labels: [.init(name: "device", value: "d1")],
                            value: Calibration(
                                gain: .decimal(mantissa: 101, scale: 2), offset: Number(-3)))
                    ],
                windows: [window(seconds: [4, 10][draw(0...1)], needsAll: draw(0...1) == 0)]),
            StreamPlan(
                name: "air", pattern: try TopicPattern("plant/{device}/air"),
                payload: .json(fields: [try JSONPath("$.w"), try JSONPath("$.h")], time: nil),
                fields: [.init(name: "warmth", unit: "Cel"), .init(name: "humidity", unit: "%")],
                calibrations: [], windows: [window(seconds: 5, needsAll: draw(0...1) == 0)]),
            StreamPlan(
                name: "level", pattern: try TopicPattern("tank/{tank}"), payload: .number,
                fields: [.init(name: "level", unit: "m")], calibrations: [],
                windows: [window(seconds: 7, needsAll: false)]),
        ]
        if draw(0...2) == 0 { streams.remove(at: draw(0...2)) }
        if draw(0...2) == 0 { streams.reverse() }
        var fusions: [FusionPlan] = []
        for name in ["pair", "trio"] where draw(0...1) == 0 {
            let inputs = (0..<(name == "pair" ? 2 : 3)).map { index in
                FusionPlan.Input(
                    stream: "temp", field: "temp",
                    labels: [.init(name: "device", value: "d\(index)")], calibration: .identity,
                    sigma: Double(index + 1))
            }
            fusions.append(
                FusionPlan(
                    name: name, unit: "Cel", labels: [],
                    method: name == "pair" ? .median : .inverseVariance(.given), inputs: inputs,
                    tolerance: Microseconds(draw(1...3)) * 500_000, quorum: draw(1...2),
                    windows: [window(seconds: 6, needsAll: true)]))
        }
        var limits = Limits()
        limits.series = [3, 8, 100_000][draw(0...2)]
        limits.gapInterval = [0, 1_000_000, 60_000_000][draw(0...2)]
        limits.future = [1_000_000, 300_000_000][draw(0...1)]
        return Plan(streams: streams, fusions: fusions, limits: limits)
    }

    private static func window(seconds: Int, needsAll: Bool) -> WindowPlan {
        WindowPlan(
            .tumbling(size: Microseconds(seconds) * 1_000_000),
            aggregates: needsAll
                ? [.mean, .min, .max, .first, .last, .standardDeviation, .quantile(9_500)]
                : [.count, .sum], delay: 1_000_000, idle: Microseconds(seconds) * 1_500_000)
    }
}
