/// An alarm: whose readings it looks at, for what, and how patiently. Delays, deadband and
/// latching are those of ISA-18.2 / IEC 62682 (OPC UA Part 9, 5.8.2: OnDelay, OffDelay,
/// ReAlarmTime, LatchedState).
package struct AlarmPlan: Hashable, Sendable {
    package var name: String
    package var target: AlarmTarget
    package var condition: AlarmCondition
    /// In the unit of the condition's limit; 0 is none.
    package var deadband: Double
    /// How long the condition must hold before the alarm is active.
    package var onDelay: Microseconds
    /// How long it must not hold before the alarm is over.
    package var offDelay: Microseconds
    /// Whether an alarm that is over waits for an acknowledgement.
    package var isLatching: Bool
    package var severity: EventRecord.Severity
    /// An active alarm that nobody acknowledged is said again so often; `nil` for once.
    package var repetition: Microseconds?
    /// Where it is said on the local broker.
    package var publication: PublicationPlan?

    package init(
        name: String, target: AlarmTarget, condition: AlarmCondition, deadband: Double = 0,
        onDelay: Microseconds = 0, offDelay: Microseconds = 0, isLatching: Bool = false,
        severity: EventRecord.Severity = .warning, repetition: Microseconds? = nil
    ) {
        self.name = name
        self.target = target
        self.condition = condition
        self.deadband = deadband
        self.onDelay = onDelay
        self.offDelay = offDelay
        self.isLatching = isLatching
        self.severity = severity
        self.repetition = repetition
    }

    /// The event that a transition is shipped as.
    package func record(of transition: AlarmTransition, in series: Series) -> EventRecord {
        EventRecord(
            kind: .alarm, name: name, subject: series.description, state: transition.state,
            severity: severity, time: transition.time, value: transition.value,
            quality: transition.quality, detail: detail(of: transition, unit: series.unit))
    }

    private func detail(of transition: AlarmTransition, unit: String) -> String {
        let what = condition.text(unit: unit)
        switch transition.state {
        case .active where transition.isRepeated: return "still \(what)"
        case .active where onDelay > 0:
            return "\(what), for \(AlarmCondition.seconds(onDelay))"
        case .active: return what
        case .cleared: return "no longer \(what)"
        case .latched: return "no longer \(what); waits for an acknowledgement"
        case .acknowledged: return "\(what); acknowledged"
        }
    }
}
