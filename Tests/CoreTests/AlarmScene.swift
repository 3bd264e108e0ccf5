import Core

/// One alarm on one series, in whole seconds.
struct AlarmScene {
    let plan: AlarmPlan
    var state = AlarmState()
    var waitingSince = Timestamp.epoch
    /// What was said: the first letter of the state (`A`ctive, `C`leared, `L`atched,
    /// `a`cknowledged, `R`epeated) and the second.
    var said: [String] = []

    init(
        _ condition: AlarmCondition, deadband: Double = 0, on: Int64 = 0, off: Int64 = 0,
        latches: Bool = false, repetition: Int64? = nil
    ) {
        plan = AlarmPlan(
            name: "hot", target: AlarmTarget(stream: "temperature", field: "temperature"),
            condition: condition, deadband: deadband, onDelay: on * 1_000_000,
            offDelay: off * 1_000_000, isLatching: latches, severity: .critical,
            repetition: repetition.map { $0 * 1_000_000 })
    }

    static func second(_ second: Int64) -> Timestamp {
        Timestamp(microseconds: second * 1_000_000)
    }

    mutating func take(
        _ value: Int, at time: Int64, arrival: Int64? = nil, _ quality: Quality.Level = .good
    ) {
        var heard: [AlarmTransition] = []
        state.take(
            Reading(time: Self.second(time), number: Number(value), quality: Quality(quality)),
            arrival: Self.second(arrival ?? time), waitingSince: waitingSince, plan: plan
        ) { heard.append($0) }
        said += heard.map(Self.text)
    }

    mutating func tick(_ now: Int64) {
        let before = state
        var heard: [AlarmTransition] = []
        let due = due(now)
        let spoke = state.tick(now: Self.second(now), waitingSince: waitingSince, plan: plan) {
            heard.append($0)
        }
        precondition(spoke == !heard.isEmpty, "it spoke and did not say so")
        precondition(spoke || state == before, "it changed in silence")
        precondition(spoke == (due.map { $0 <= now } ?? false), "it was not due, or is not")
        said += heard.map(Self.text)
    }

    mutating func acknowledge(_ time: Int64) {
        if let heard = state.acknowledge(at: Self.second(time)) { said.append(Self.text(heard)) }
    }

    func due(_ now: Int64) -> Int64? {
        state.due(now: Self.second(now), waitingSince: waitingSince, plan: plan)
            .map { $0.microseconds / 1_000_000 }
    }

    private static func text(_ transition: AlarmTransition) -> String {
        let letter =
            switch transition.state {
            case .active: transition.isRepeated ? "R" : "A"
            case .cleared: "C"
            case .latched: "L"
            case .acknowledged: "a"
            }
        return "\(letter)\(transition.time.microseconds / 1_000_000)"
    }
}
