/// Something that happened and that a person may want to know: an alarm came or went, a
/// sensor drifts.
package struct EventRecord: Hashable, Sendable {
    package enum Kind: UInt8, CaseIterable, Sendable {
        case alarm = 1
        /// A sensor that wants attention.
        case maintenance = 2
    }

    /// ISA-18.2's states, as far as a gateway knows them.
    package enum State: UInt8, CaseIterable, Sendable {
        /// The condition holds.
        case active = 1
        /// It holds no longer.
        case cleared = 2
        /// It holds no longer, and nobody has acknowledged that it did.
        case latched = 3
        /// A person has seen it; it still holds.
        case acknowledged = 4
    }

    package enum Severity: UInt8, CaseIterable, Sendable {
        case info = 1
        case warning = 2
        case critical = 3
    }

    package var kind: Kind
    /// Of the alarm, or of the fusion that watches.
    package var name: String
    /// The series, as text.
    package var subject: String
    package var state: State
    package var severity: Severity
    /// Of the reading that brought it about.
    package var time: Timestamp
    package var value: Number?
    package var quality: Quality
    /// For a person.
    package var detail: String

    package init(
        kind: Kind, name: String, subject: String, state: State, severity: Severity,
        time: Timestamp, value: Number?, quality: Quality, detail: String
    ) {
        self.kind = kind
        self.name = name
        self.subject = subject
        self.state = state
        self.severity = severity
        self.time = time
        self.value = value
        self.quality = quality
        self.detail = detail
    }
}

extension EventRecord.Kind {
    package var name: String {
        switch self {
        case .alarm: "alarm"
        case .maintenance: "maintenance"
        }
    }
}

extension EventRecord.State {
    package var name: String {
        switch self {
        case .active: "active"
        case .cleared: "cleared"
        case .latched: "latched"
        case .acknowledged: "acknowledged"
        }
    }
}

extension EventRecord.Severity {
    package var name: String {
        switch self {
        case .info: "info"
        case .warning: "warning"
        case .critical: "critical"
        }
    }
}
