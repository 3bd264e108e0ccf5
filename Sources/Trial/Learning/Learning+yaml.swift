internal import Core

extension Learning {
    /// A configuration's streams, with what was seen in comments.
    package func yaml() -> String {
        var lines = [
            "# What \(messages) messages in \(Self.text(seconds)) s said. Names, units and windows are a "
                + "start:",
            "# read each, then 'tidegate check', and 'tidegate try' on a recording.",
        ]
        if furtherTopics > 0 { lines.append("# Messages on further topics: \(furtherTopics).") }
        lines.append("streams:")
        var names: Set<String> = []
        for pattern in patterns() { lines += stream(pattern, &names) }
        if names.isEmpty { lines.append("  []") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func stream(_ pattern: LearnedPattern, _ names: inout Set<String>) -> [String] {
        let rate =
            seconds > 0 ? "\(Self.text(Double(pattern.messages) / seconds)) messages/s, " : ""
        var lines = [
            "",
            "  # \(Self.oneLine(pattern.topic)): \(pattern.topics) topics such as "
                + "\(Self.oneLine(pattern.example)), \(rate)\(pattern.series) series",
        ]
        for (name, metric) in pattern.metrics.sorted(by: { $0.key < $1.key }) {
            let unit =
                metric.unit.map { ", unit \($0) (of the device or its profile, or guessed)" } ?? ""
            lines.append(
                "  #   \(Self.oneLine(name)): \(Self.text(metric.least)) to \(Self.text(metric.most))"
                    + Self.oneLine(unit) + (metric.isCounter ? ", a counter: see 'increase'" : ""))
        }
        if let problem = pattern.problem {
            lines.append("  #   not read: \(Self.oneLine(problem))")
        }
        guard !pattern.metrics.isEmpty else { return lines }
        let unit = pattern.metrics.values.first?.unit.map(UnitOfMeasure.code(of:))
        lines += [
            "  - name: \(name(of: pattern, &names))",
            "    topic: \(Self.quoted(pattern.topic))",
            "    payload: \(pattern.isNumber ? "number" : "auto")",
        ]
        if pattern.isNumber, let unit { lines.append("    unit: \(Self.quoted(unit))") }
        let increase = pattern.metrics.values.contains(where: \.isCounter) ? ", increase" : ""
        return lines + [
            "    window: {size: 1m}", "    aggregates: [count, mean, min, max, last\(increase)]",
        ]
    }

    private func name(of pattern: LearnedPattern, _ names: inout Set<String>) -> String {
        let literal = pattern.levels.last { $0 != "+" && !$0.isEmpty } ?? "stream"
        let bare = String(literal.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        var name = bare
        var number = 2
        while !names.insert(name).inserted {
            name = "\(bare)_\(number)"
            number += 1
        }
        return name
    }

    private static func text(_ value: Double) -> String {
        Number(value, roundedTo: value.magnitude < 10 ? 2 : 1)?.description ?? "?"
    }

    private static func oneLine(_ text: String) -> String {
        String(text.prefix(200).map { $0.isNewline || $0 == "\0" ? " " : $0 })
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}
