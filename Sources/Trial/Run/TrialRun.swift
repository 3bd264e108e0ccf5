package import Core

/// Runs a plan over recorded messages as a gateway would that had stood there: what it is told
/// to do with them, without broker, store or link. A value; the messages' times are its clock.
///
/// A message arrives at its recorded time, or at that of the message before it where the
/// recording goes back: no clock of a gateway does. Between two messages the core's clock ticks
/// as the gateway lets it (`TrialRun+clock.swift`).
package struct TrialRun: Sendable {
    var engine: Engine
    let plan: Plan
    var counts: TrialFigures
    /// The arrival of the last message, or the last tick; `nil` before the first message.
    var now: Timestamp?
    /// Emptied after each step.
    var effects = Effects()

    package init(plan: Plan) {
        self.plan = plan
        engine = Engine(plan: plan)
        counts = TrialFigures(plan)
    }

    package var figures: TrialFigures {
        var figures = counts
        figures.readings = engine.tally.readings
        figures.open = engine.openSeries
        return figures
    }

    /// Takes a message, after the ticks before it.
    ///
    /// - Parameter step: told what came of each, and when by the recording. Its effects are
    ///   never empty; new series take the numbers after those before.
    package mutating func receive<E: Error>(
        _ message: RecordedMessage, _ step: (Timestamp, Effects) throws(E) -> Void
    ) throws(E) {
        counts.messages += 1
        let arrival = max(message.time, now ?? message.time)
        if now == nil {
            now = arrival
            engine.connected(sessionPresent: true, at: arrival)
        }
        try pass(until: arrival, step)
        now = arrival
        if message.isRetained {
            counts.retained += 1
        } else if let topic = topic(of: message, at: arrival) {
            counts.count(topic)
            engine.receive(
                topic: topic, payload: message.payload.span, at: arrival, into: &effects)
        }
        try handOver(at: arrival, step)
    }

    /// Hands the effects on, if there are any, and counts them.
    mutating func handOver<E: Error>(
        at time: Timestamp, _ step: (Timestamp, Effects) throws(E) -> Void
    ) throws(E) {
        guard !effects.isEmpty || !effects.publications.isEmpty else { return }
        counts.count(effects)
        defer { effects.removeAll() }
        try step(time, effects)
    }
}
