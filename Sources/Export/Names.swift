package import Core

extension WindowRecord.Flags {
    package var names: [String] {
        var names: [String] = []
        if contains(.partial) { names.append("partial") }
        if contains(.amendment) { names.append("amendment") }
        if contains(.early) { names.append("early") }
        return names
    }
}

extension WindowShape {
    package var name: String {
        switch self {
        case .tumbling: "tumbling"
        case .hopping: "hopping"
        case .sliding: "sliding"
        case .session: "session"
        case .count: "count"
        case .calendar: "calendar"
        }
    }

    /// What, beside start and end, tells windows of one shape from others: in seconds, or
    /// readings.
    package var detail: (name: String, value: Number)? {
        switch self {
        case .tumbling, .calendar: nil
        case .hopping(_, let hop): ("hop_seconds", Self.seconds(hop))
        case .sliding(_, let pane): ("pane_seconds", Self.seconds(pane))
        case .session(let gap): ("gap_seconds", Self.seconds(gap))
        case .count(let count): ("readings", Number(Int(count)))
        }
    }

    private static func seconds(_ span: Microseconds) -> Number {
        .decimal(mantissa: span, scale: 6)
    }
}

extension LogRecord {
    package var levelName: String {
        let names = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        return Int(level) < names.count ? names[Int(level)] : "level \(level)"
    }
}
