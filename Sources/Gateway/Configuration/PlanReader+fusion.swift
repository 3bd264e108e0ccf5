internal import Core

/// Fusions and virtual sensors.
extension PlanReader {
    /// - Parameter plan: the streams, and the fusions before this one, which it may take too.
    func fusion(_ map: ConfigurationMap, _ plan: Plan) -> FusionPlan? {
        defer { map.finish() }
        // Some names are fields of every fusion.
        let name = map.require("name", "the fusion's name")?
            .value("\(Self.nameExpectation), and not spread or inputs") { text in
                ["spread", "inputs"].contains(text) ? nil : Self.name(text)
            }
        let units = units(map)
        let labels = fixedLabels(map.find("labels"))
        var inputs = inputs(map.require("inputs", "the sensors to fuse"), plan)
        let method = method(map, &inputs, units)
        let count = max(inputs.count, 1)
        let isFormula = if case .formula = method { true } else { false }
        let isVote = if case .vote = method { true } else { false }
        let toleranceNode = map.find("tolerance")
        let tolerance =
            toleranceNode?.value(Quantities.spanExpectation, Quantities.positiveSpan) ?? 1_000_000
        let quorum = number(of: map.find("quorum"), upTo: count)
        let full = number(of: map.find("full"), upTo: count)
        let alignment = alignment(map.find("align"), inputs)
        if case .grid(let every, _, _) = alignment, tolerance / every > Self.mostPointsOfAReading {
            (toleranceNode ?? map.find("align"))?.objection(
                "is more than \(Self.mostPointsOfAReading) points of the grid, which a reading "
                    + "would stand for after its sensor has died; make 'align.grid' longer, or "
                    + "'tolerance' shorter")
        }
        let stale = span(map, "stale")
        if let stale { checkStale(stale, map, inputs, plan) }
        let outliers = outliers(map.find("outliers"), count)
        let watch = map.find("watch").flatMap { self.watch($0) }
        let agreementNode = map.find("agreement")
        if isFormula {
            agreementNode?.objection("is of methods whose inputs are of one quantity")
        }
        let agreement = agreementNode?.value("a number above 0") { text in
            Quantities.number(text).flatMap { $0.double > 0 ? $0.double : nil }
        }
        let memory = span(map, "memory")
        let windows = windows(map, hasManySources: false)
        let report = map.find("report")?.map().flatMap { map -> ExceptionPlan? in
            defer { map.finish() }
            return self.report(map)
        }
        let publication = publication(
            map, of: name, labels: labels.map(\.name), isRetained: false)
        let hasProvenance = flag(map, "provenance") ?? !isFormula
        guard let name, let method else { return nil }
        var fusion = FusionPlan(
            name: name, unit: units.text, labels: labels, method: method,
            inputs: inputs.map(\.plan), tolerance: tolerance,
            // A vote degrades by its own rule.
            quorum: isFormula ? inputs.count : quorum ?? (isVote ? 1 : count / 2 + 1),
            windows: windows)
        fusion.alignment = alignment
        fusion.stale = stale
        fusion.full = full
        fusion.outliers = outliers
        fusion.watch = watch
        fusion.agreement = agreement
        if let memory { fusion.memory = memory }
        fusion.report = report
        fusion.publication = publication
        fusion.hasProvenance = hasProvenance
        return fusion
    }

    /// Points of a grid that one reading may stand for.
    private static let mostPointsOfAReading: Int64 = 1_000

    /// An input that speaks less often would be stale between any two of its values.
    private func checkStale(
        _ stale: Microseconds, _ map: ConfigurationMap, _ inputs: [Input], _ plan: Plan
    ) {
        for input in inputs {
            guard let fusion = plan.fusions.first(where: { $0.name == input.plan.stream }),
                case .grid(let every, _, _) = fusion.alignment, stale <= every
            else { continue }
            map.find("stale")?.objection(
                "expected longer than the grid of its input '\(fusion.name)', "
                    + "\(Double(every) / 1_000_000) s: it would be stale between any two values")
        }
    }

    private func number(of node: ConfigurationNode?, upTo count: Int) -> Int? {
        node?.value("1 to the number of inputs, \(count)") { text in
            Int(text).flatMap { (1...count).contains($0) ? $0 : nil }
        }
    }

    private func fixedLabels(_ node: ConfigurationNode?) -> [Series.Label] {
        guard let map = node?.map() else { return [] }
        return map.names.compactMap { name in
            map.find(name)?.text().map { Series.Label(name: name, value: $0) }
        }
    }

    /// An input, and the unit that its values are in.
    struct Input {
        var plan: FusionPlan.Input
        var unit: UnitOfMeasure?
        let node: ConfigurationNode

        func isSameSeries(as other: Input) -> Bool {
            plan.stream == other.plan.stream && plan.field == other.plan.field
                && Set(plan.labels) == Set(other.plan.labels)
        }
    }

    /// A list, or a map of names.
    private func inputs(_ node: ConfigurationNode?, _ plan: Plan) -> [Input] {
        guard let node else { return [] }
        var found: [(String?, ConfigurationNode)] = []
        if node.isMap, let map = node.map() {
            found = map.names.compactMap { name in map.find(name).map { (name, $0) } }
        } else {
            found = node.items().map { (nil, $0) }
        }
        let read = found.compactMap { name, item in
            item.map().flatMap { input($0, item, name, plan) }
        }
        let names = read.compactMap(\.plan.name)
        for (place, input) in read.enumerated() {
            guard let twin = read[..<place].firstIndex(where: { $0.isSameSeries(as: input) })
            else { continue }
            input.node.objection(
                "is the same series as input '\(read[twin].plan.name ?? "\(twin + 1)")': one "
                    + "sensor can't agree with itself; say which by 'where' or 'field'")
        }
        if Set(names).count < names.count { node.mistake("two inputs have one name") }
        if found.count > 64 { node.mistake("expected at most 64 inputs") }
        return read
    }

    private func input(
        _ map: ConfigurationMap, _ node: ConfigurationNode, _ key: String?, _ plan: Plan
    ) -> Input? {
        defer { map.finish() }
        let known = plan.streams.map(\.name) + plan.fusions.map(\.name)
        let expectation = "a stream, or a fusion before this one: \(known.joined(separator: ", "))"
        let stream = map.require("stream", expectation)?.value(expectation) { text in
            known.contains(text) ? text : nil
        }
        let labels = labels(map.find("where"), known: stream.map { captures(of: $0, plan) } ?? [])
        let fields = stream.map { self.fields(of: $0, plan) } ?? []
        // Where the messages name the fields, none of them is the usual one.
        let field =
            (stream != nil && fields.isEmpty
            ? map.require("field", "a field, as the messages name it") : map.find("field"))
            .flatMap { self.field($0, of: fields) }
        let sigma = map.find("sigma")?.value("a number from 0.000001 to 1000000") { text in
            Quantities.number(text).flatMap { (1e-6...1e6).contains($0.double) ? $0.double : nil }
        }
        let name = map.find("name")?.value(Self.nameExpectation, Self.name)
        let calibration = calibration(map)
        guard let stream else { return nil }
        let own = field ?? fields.first ?? stream
        let unit = unit(of: stream, own, plan)
        return Input(
            plan: FusionPlan.Input(
                stream: stream, field: own, labels: labels, calibration: calibration,
                sigma: sigma, name: key ?? name),
            unit: unit.isEmpty ? nil : try? UnitOfMeasure(unit), node: node)
    }

    private func unit(of stream: String, _ field: String, _ plan: Plan) -> String {
        plan.streams.first { $0.name == stream }?.fields.first { $0.name == field }?.unit
            ?? plan.fusions.first { $0.name == stream }?.series.first { $0.field == field }?.unit
            ?? ""
    }
}
