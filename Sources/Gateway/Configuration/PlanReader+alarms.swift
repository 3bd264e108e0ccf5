internal import Core

/// Alarms, and what is said on the local broker.
extension PlanReader {
    func alarm(_ map: ConfigurationMap, _ plan: Plan) -> AlarmPlan? {
        defer { map.finish() }
        let name = map.require("name", "the alarm's name")?.value(Self.nameExpectation, Self.name)
        let target = map.require("on", "whose readings it looks at")?.map()
            .flatMap { self.target($0, plan) }
        let condition = condition(map)
        let deadband = map.find("deadband").flatMap(number) ?? .zero
        let onDelay = span(map, "on_delay") ?? 0
        let offDelay = span(map, "off_delay") ?? 0
        let isLatching = flag(map, "latch") ?? false
        let severities = EventRecord.Severity.allCases.map(\.name).joined(separator: ", ")
        let severity = map.find("severity")?.value("one of \(severities)") { text in
            EventRecord.Severity.allCases.first { $0.name == text }
        }
        let repetition = span(map, "repeat")
        let labels = target.map { captures(of: $0.stream, plan) } ?? []
        let publication = publication(map, of: name, labels: labels, isRetained: true)
        guard let name, let target, let condition else { return nil }
        var alarm = AlarmPlan(
            name: name, target: target, condition: condition, deadband: deadband.double,
            onDelay: onDelay, offDelay: offDelay, isLatching: isLatching,
            severity: severity ?? .warning, repetition: repetition)
        alarm.publication = publication
        if let mistake = alarm.mistake {
            map.find(mistake.key)?.mistake("expected \(mistake.expected)")
        }
        return alarm
    }

    private func target(_ map: ConfigurationMap, _ plan: Plan) -> AlarmTarget? {
        defer { map.finish() }
        let known = (plan.streams.map(\.name) + plan.fusions.map(\.name))
        let stream = map.require("stream", "a stream or a fusion")?
            .value("one of \(known.joined(separator: ", "))") { known.contains($0) ? $0 : nil }
        let labels = labels(
            map.find("where"), known: stream.map { captures(of: $0, plan) } ?? [])
        let fields = stream.map { self.fields(of: $0, plan) } ?? []
        // Where the messages name the fields, none of them is the usual one.
        let field =
            (stream != nil && fields.isEmpty
            ? map.require("field", "a field, as the messages name it") : map.find("field"))
            .flatMap { self.field($0, of: fields) }
        let windows =
            plan.streams.first { $0.name == stream }?.windows
            ?? plan.fusions.first { $0.name == stream }?.windows ?? []
        let there = windows.flatMap(\.layout.aggregates)
        let aggregate = map.find("aggregate")?
            .value("one that its windows have: \(there.map(\.name).joined(separator: ", "))") {
                text in there.first { $0.name == text }
            }
        guard let stream else { return nil }
        return AlarmTarget(
            stream: stream, field: field ?? fields.first ?? stream, labels: labels,
            aggregate: aggregate)
    }

    func captures(of stream: String, _ plan: Plan) -> [String] {
        plan.streams.first { $0.name == stream }?.pattern.captures
            ?? plan.fusions.first { $0.name == stream }?.labels.map(\.name) ?? []
    }

    func fields(of stream: String, _ plan: Plan) -> [String] {
        plan.streams.first { $0.name == stream }?.fields.map(\.name)
            ?? plan.fusions.first { $0.name == stream }?.series.map(\.field) ?? []
    }

    private static let conditions = [
        "above", "below", "outside", "equals", "not_equals", "rate_above", "stale", "quality",
    ]

    private func condition(_ map: ConfigurationMap) -> AlarmCondition? {
        let found = Self.conditions.compactMap { name in map.find(name).map { (name, $0) } }
        guard found.count == 1, let (name, node) = found.first else {
            mistakes.add(
                "expected one of: \(Self.conditions.joined(separator: ", "))", key: map.key,
                line: map.line)
            return nil
        }
        switch name {
        case "above": return number(node).map(AlarmCondition.above)
        case "below": return number(node).map(AlarmCondition.below)
        case "equals": return number(node).map(AlarmCondition.equals)
        case "not_equals": return number(node).map(AlarmCondition.notEquals)
        case "rate_above": return number(node).map(AlarmCondition.rateAbove)
        case "stale":
            return node.value(Quantities.spanExpectation, Quantities.span)
                .map(AlarmCondition.stale)
        case "quality":
            return node.value("uncertain or bad") { text in
                Quality.Level.allCases.first { $0.name == text }
            }.map(AlarmCondition.quality)
        default:
            guard let bounds = node.map() else { return nil }
            defer { bounds.finish() }
            guard let low = bounds.require("low", "a number").flatMap(number),
                let high = bounds.require("high", "a number").flatMap(number)
            else { return nil }
            return .outside(low: low, high: high)
        }
    }

    /// `publish`: a topic alone, or with `retain`.
    ///
    /// - Parameters:
    ///   - name: of the alarm or fusion.
    ///   - labels: what the topic may have in braces, besides the gateway and the name.
    func publication(
        _ map: ConfigurationMap, of name: String?, labels: [String], isRetained: Bool
    ) -> PublicationPlan? {
        guard let node = map.find("publish") else { return nil }
        var isRetained = isRetained
        var topicNode: ConfigurationNode? = node
        if node.isMap, let detail = node.map() {
            topicNode = detail.require("topic", "a topic to publish on")
            isRetained = flag(detail, "retain") ?? isRetained
            detail.finish()
        }
        guard let topicNode, let text = topicNode.text() else { return nil }
        do {
            let topic = try PublicationTopic(text).binding("gateway", to: gateway)
                .binding("name", to: name ?? "")
            for unknown in topic.names where !labels.contains(unknown) {
                topicNode.mistake(
                    "nothing to put in for '{\(unknown)}'; there are: "
                        + (["gateway", "name"] + labels).joined(separator: ", "))
            }
            return PublicationPlan(topic: topic, isRetained: isRetained)
        } catch {
            topicNode.mistake(error.description)
            return nil
        }
    }

    /// Where alarms are acknowledged: a topic of no stream's.
    func readAcknowledgement(_ node: ConfigurationNode?, into plan: inout Plan) {
        guard let node, let pattern = acknowledgement(node) else { return }
        for stream in plan.streams where stream.pattern.overlaps(pattern) {
            node.mistake(
                "'\(pattern.text)' overlaps with '\(stream.pattern.text)' of stream "
                    + "'\(stream.name)': the broker may deliver a message twice")
        }
        plan.acknowledgement = pattern
    }

    private func acknowledgement(_ node: ConfigurationNode) -> TopicPattern? {
        guard let text = node.text() else { return nil }
        do {
            let pattern = try TopicPattern(text).binding("gateway", to: gateway)
            if pattern.captures != ["alarm"] {
                node.mistake(
                    "expected '{alarm}' for the alarm's name, once, such as "
                        + "tidegate/{gateway}/acknowledge/{alarm}")
            }
            return pattern
        } catch {
            node.mistake(error.description)
            return nil
        }
    }

    /// A gateway that subscribes to what it publishes would hear itself.
    func checkLoops(_ publications: [(PublicationPlan, ConfigurationNode)], _ plan: Plan) {
        let filters = plan.streams.map(\.pattern) + [plan.acknowledgement].compactMap { $0 }
        for (publication, node) in publications {
            for filter in filters where publication.topic.meets(filter) {
                node.mistake(
                    "'\(publication.topic.text)' is a topic that the gateway "
                        + "subscribes to by '\(filter.text)': it would hear itself; publish "
                        + "elsewhere, such as below tidegate/")
            }
        }
    }
}
