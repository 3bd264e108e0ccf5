/// What of a payload concerns a rule.
extension ProfileRule {
    func hasKeys(_ document: Document) -> Bool {
        keys.allSatisfy { document[$0] != nil } && unless.allSatisfy { document[$0] != .flag(true) }
    }

    /// Those that the topic has not said already.
    func labels(of document: Document, beside known: [Series.Label]) -> [Series.Label] {
        labels.compactMap { label in
            guard !known.contains(where: { $0.name == label.name }) else { return nil }
            let value = document[label.path]
            let text = value?.text ?? value?.number?.description
            return text.map { Series.Label(name: label.name, value: $0) }
        }
    }

    /// Whether a reading is what became a label.
    func isLabel(_ metric: String) -> Bool {
        roots.isEmpty && labels.contains { $0.path.text == "$.\(metric)" }
    }

    func failures(of document: Document) -> [String] {
        let failures = errors.flatMap { document[$0] }?.members ?? []
        return failures.prefix(Flattener.maximumProblems)
            .map { Flattener.failure(of: $0.name, $0.value) }
    }

    /// The same of an element of a list.
    func at(_ index: Int) -> ProfileRule {
        var rule = self
        rule.roots = roots.isEmpty ? [.root.inside(index)] : roots.map { $0.inside(index) }
        rule.times = times.map { $0.inside(index) }
        return rule
    }
}
