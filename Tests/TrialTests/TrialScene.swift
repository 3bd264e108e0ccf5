import Core
import Simulator
import Trial

/// Plans, messages and recordings for the tests.
enum TrialScene {
    /// JSON temperatures in windows of 10 s that allow for 5 s, and the median of two sensors.
    static func plan(limits: Limits = Limits(), withFusion: Bool = true) throws -> Plan {
        let window = WindowPlan(
            .tumbling(size: 10_000_000), aggregates: [.count, .sum, .max], delay: 5_000_000,
            idle: 15_000_000)
        let stream = StreamPlan(
            name: "temperature", pattern: try TopicPattern("plant/{device}/temperature"),
            payload: .json(
                fields: [try JSONPath("$.value")],
                time: .init(path: try JSONPath("$.ts"), format: .milliseconds)),
            fields: [.init(name: "temperature", unit: "Cel")], calibrations: [],
            windows: [window])
        let inputs = ["a", "b"].map {
            FusionPlan.Input(
                stream: "temperature", field: "temperature",
                labels: [.init(name: "device", value: $0)], calibration: .identity, sigma: 1)
        }
        let fusion = FusionPlan(
            name: "bearing", unit: "Cel", labels: [], method: .median, inputs: inputs,
            tolerance: 1_000_000, quorum: 1, windows: [window])
        return Plan(streams: [stream], fusions: withFusion ? [fusion] : [], limits: limits)
    }

    static func time(_ milliseconds: Int64) -> Timestamp {
        Timestamp(microseconds: milliseconds * 1_000)
    }

    static func message(
        _ topic: String, _ payload: String, at milliseconds: Int64, isRetained: Bool = false
    ) -> RecordedMessage {
        RecordedMessage(
            topic: Array(topic.utf8), payload: Array(payload.utf8), time: time(milliseconds),
            isRetained: isRetained)
    }

    /// A reading of this device at this time, recorded then.
    static func reading(_ device: String, _ value: String, at milliseconds: Int64)
        -> RecordedMessage
    {
        message(
            "plant/\(device)/temperature", #"{"ts":\#(milliseconds),"value":\#(value)}"#,
            at: milliseconds)
    }

    /// All that a plan makes of messages.
    static func effects(
        _ plan: Plan, _ messages: [RecordedMessage], untilSilence: Bool = true
    ) throws -> (effects: Effects, figures: TrialFigures) {
        var run = TrialRun(plan: plan)
        var all = Effects()
        var recording = MessageList(messages)
        try run.run(over: &recording, untilSilence: untilSilence) { _, effects in
            all.append(effects)
        }
        return (all, run.figures)
    }
}

struct MessageList: Recording {
    private var rest: ArraySlice<RecordedMessage>

    init(_ messages: [RecordedMessage]) { rest = messages[...] }

    mutating func next() throws(RecordingError) -> RecordedMessage? { rest.popFirst() }
}

extension Effects {
    mutating func append(_ other: Effects) {
        windows += other.windows
        samples += other.samples
        events += other.events
        gaps += other.gaps
        deadLetters += other.deadLetters
        newSeries += other.newSeries
        publications += other.publications
    }
}
