extension TrialFigures {
    /// The end of a trial, for a person: what came of how much, and what may be amiss.
    package var text: String {
        var text = heading + "\n"
        text += TextColumns.text(
            [["SOURCE", "MESSAGES", "TOPICS", "SERIES", "WINDOWS", "SAMPLES"]]
                + sources.map(Self.cells))
        for hint in hints { text += hint + "\n" }
        return text
    }

    private var heading: String {
        let counts: [(String, Int)] = [
            ("windows", windows), ("samples", samples), ("events", events), ("gaps", gaps),
            ("dead letters", deadLetters), ("publications", publications),
        ]
        return "messages \(messages), readings \(readings), "
            + counts.map { "\($0) \($1)" }.joined(separator: ", ")
    }

    private static func cells(_ source: TrialSource) -> [String] {
        let isStream = source.pattern != nil
        return [
            source.name, isStream ? "\(source.messages)" : "-",
            isStream ? "\(source.topics)" : "-", "\(source.series)", "\(source.windows)",
            "\(source.samples)",
        ]
    }

    private var hints: [String] {
        var hints: [String] = []
        if messages == 0 { hints.append("the recording has no message") }
        if unmatched.messages > 0 {
            let shown = unmatched.topics.prefix(5).map { "\($0.name) (\($0.messages))" }
            let more = unmatched.topics.count > shown.count ? ", ..." : ""
            hints.append(
                "no stream's 'topic' matches \(unmatched.messages) messages, which the gateway "
                    + "would not get: \(shown.joined(separator: ", "))\(more)")
        }
        for source in sources where source.messages == 0 && messages > 0 {
            guard let pattern = source.pattern else { continue }
            hints.append("nothing came for stream '\(source.name)': \(pattern)")
        }
        if retained > 0 {
            hints.append("left out \(retained) retained messages, as the gateway does")
        }
        if refused > 0 { hints.append("refused \(refused) messages beyond 'limits'") }
        if open > 0 { hints.append("\(open) series have a window that has not closed") }
        return hints
    }
}
