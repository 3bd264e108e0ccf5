/// What a profile's rule makes of a message whose topic fits it.
extension Message {
    /// - Parameter pattern: that of the rule's topics that fits.
    /// - Returns: `nil` where the payload is not the rule's.
    func decoded(
        by rule: ProfileRule, at pattern: TopicPattern
    ) throws(Undecodable) -> Decoded? {
        let document = content.document ?? .null
        if rule.hasKeys(document) {
            return try decoded(by: rule, of: document, labels(by: rule, at: pattern))
        }
        let elements = document.elements
        guard !elements.isEmpty, elements.allSatisfy(rule.hasKeys) else { return nil }
        var all = Decoded()
        for (index, element) in elements.enumerated() {
            do {
                let one = try decoded(
                    by: rule, at: index, of: element, labels(by: rule, at: pattern))
                all.readings += one.readings
                all.problems += one.problems
            } catch {
                all.problems.append("[\(index)]: \(error.description)")
            }
        }
        return all
    }

    private func labels(by rule: ProfileRule, at pattern: TopicPattern) -> [Series.Label] {
        guard let name = rule.rest, pattern.levels.last == .rest else { return captures }
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false)
        let rest = levels.dropFirst(pattern.levels.count - 1).joined(separator: "/")
        return captures + [.init(name: name, value: rest)]
    }

    /// - Parameter index: of the element, where the payload is a list of them.
    private func decoded(
        by rule: ProfileRule, at index: Int? = nil, of document: Document,
        _ known: [Series.Label]
    ) throws(Undecodable) -> Decoded {
        var reader = index.map(rule.at) ?? rule
        // An agent that takes both has them at one topic.
        if rule.format == .ultralight, content.document != nil { reader.format = .automatic }
        let failures = rule.failures(of: document)
        var decoded = Decoded()
        do {
            decoded = try read(by: reader).withReason
        } catch {
            guard !failures.isEmpty else { throw error }
        }
        decoded.problems += failures
        decoded.readings.removeAll { rule.isLabel($0.metric) }
        let labels = known + rule.labels(of: document, beside: known)
        for index in decoded.readings.indices {
            let own = decoded.readings[index].labels
            decoded.readings[index].labels = labels
            decoded.readings[index].labels.add(ofMessage: own)
            if decoded.readings[index].unit?.isEmpty == true { decoded.readings[index].unit = nil }
        }
        return decoded
    }
}
