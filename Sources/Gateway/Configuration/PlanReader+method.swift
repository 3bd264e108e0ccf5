internal import Core

/// How a fusion makes one value of many.
extension PlanReader {
    private static let methods = [
        "mean", "median", "trimmed_mean", "inverse_variance", "kalman", "vote", "complementary",
        "formula",
    ]

    /// - Parameter inputs: brought into the order of a formula's names.
    func method(
        _ map: ConfigurationMap, _ inputs: inout [Input], _ units: Units
    ) -> FusionPlan.Method? {
        let all = Self.methods.joined(separator: ", ")
        let node = map.require("method", "one of \(all)")
        let name = node?.value("one of \(all)") { Self.methods.contains($0) ? $0 : nil }
        var parts: [String: ConfigurationNode] = [:]
        let owners = [
            "trim": "trimmed_mean", "kalman": "kalman", "vote": "vote",
            "time_constant": "complementary", "formula": "formula",
        ]
        for key in owners.keys.sorted() {
            parts[key] = map.find(key)
            if owners[key] != name {
                parts[key]?.mistake("is of method '\(owners[key] ?? "")'")
                parts[key] = nil
            }
        }
        let variances = map.find("variances")?.value("given or learnt") {
            ["given": FusionPlan.Variances.given, "learnt": .learnt][$0]
        }
        if name == "formula" { return formula(parts["formula"], map, &inputs, units) }
        if inputs.count < 2, let node { node.mistake("expected at least two inputs") }
        checkUnits(inputs, units)
        let known = variances ?? .given
        if known == .given, name == "inverse_variance" || name == "kalman" {
            for input in inputs where input.plan.sigma == nil {
                input.node.mistake(
                    "missing: sigma, the standard deviation of the sensor's errors, in its unit; "
                        + "or 'variances: learnt' for the fusion")
            }
        }
        switch name {
        case "mean": return .mean
        case "median": return .median
        case "trimmed_mean":
            let trim = parts["trim"]?.value("a number from 0 to below 0.5") { text in
                Quantities.number(text).flatMap { (0..<0.5).contains($0.double) ? $0.double : nil }
            }
            return .trimmedMean(fraction: trim ?? 0.25)
        case "inverse_variance": return .inverseVariance(known)
        case "kalman": return kalman(parts["kalman"], known)
        case "vote": return vote(parts["vote"], map, inputs.count)
        case "complementary":
            if inputs.count != 2 {
                node?.mistake("expected two inputs: the slow right one, then the quick one")
            }
            return (parts["time_constant"] ?? map.require("time_constant", "such as 30s"))?
                .value(Quantities.spanExpectation, Quantities.positiveSpan)
                .map { .complementary(timeConstant: $0) }
        default: return nil
        }
    }

    /// All inputs in the unit of the result.
    private func checkUnits(_ inputs: [Input], _ units: Units) {
        guard let unit = units.unit else { return }
        for input in inputs {
            guard let own = input.unit, !own.isSame(as: unit) else { continue }
            let problem = "is in '\(own.code)', and the fusion in '\(unit.code)'"
            input.node.mistake(
                own.isCommensurable(with: unit)
                    ? "\(problem); give the stream 'unit: \(unit.code)' and "
                        + "'sent_unit: \(own.code)'"
                    : "\(problem): they measure different things")
        }
    }

    private func formula(
        _ node: ConfigurationNode?, _ map: ConfigurationMap, _ inputs: inout [Input],
        _ units: Units
    ) -> FusionPlan.Method? {
        guard let node = node ?? map.require("formula", "such as \"u * i\""),
            let text = node.text()
        else { return nil }
        do {
            let formula = try Formula(text)
            let given = inputs
            let ordered = formula.names.compactMap { name in
                given.first { $0.plan.name == name }
            }
            guard ordered.count == formula.names.count, ordered.count == inputs.count else {
                let names = inputs.map { $0.plan.name ?? "?" }.joined(separator: ", ")
                node.mistake(
                    "expected the formula to use each input by its name, and no other; it uses "
                        + "\(formula.names.joined(separator: ", ")), and the inputs are \(names)")
                return nil
            }
            inputs = ordered
            return .formula(
                try formula.program(inputs: ordered.map(\.unit), result: units.unit))
        } catch let error as Formula.Malformed {
            node.mistake(error.description)
        } catch {
            node.mistake("\(error)")
        }
        return nil
    }

    private func vote(
        _ node: ConfigurationNode?, _ map: ConfigurationMap, _ inputs: Int
    ) -> FusionPlan.Method? {
        guard let vote = (node ?? map.require("vote", "such as {scheme: 2oo3, above: 80}"))?.map()
        else { return nil }
        defer { vote.finish() }
        let needed = vote.require("scheme", "such as 2oo3")?
            .value("such as 2oo3, of as many as there are inputs: \(inputs)") { text -> Int? in
                let parts = text.split(separator: "oo").compactMap { Int($0) }
                guard parts.count == 2, parts[1] == inputs, (1...inputs).contains(parts[0])
                else { return nil }
                return parts[0]
            }
        let above = vote.find("above")
        let below = vote.find("below")
        let hysteresis = (vote.find("hysteresis").flatMap(number) ?? .zero).double
        let names = FusionPlan.Voting.Degradation.allCases.map(\.rawValue)
        let degradation = vote.find("degrade")?.value(names.joined(separator: " or ")) {
            FusionPlan.Voting.Degradation(rawValue: $0)
        }
        if above != nil, let below { below.mistake("either 'above' or 'below', not both") }
        var test = FusionPlan.Voting.Test.state
        if let limit = above.flatMap(number) {
            test = .above(limit: limit.double, hysteresis: hysteresis)
        } else if let limit = below.flatMap(number) {
            test = .below(limit: limit.double, hysteresis: hysteresis)
        }
        return needed.map {
            .vote(.init(needed: $0, test: test, degradation: degradation ?? .safe))
        }
    }

    private func kalman(
        _ node: ConfigurationNode?, _ variances: FusionPlan.Variances
    ) -> FusionPlan.Method? {
        let map = node?.map()
        defer { map?.finish() }
        let isVelocity =
            map?.find("model")?.value("random_walk or constant_velocity") {
                ["random_walk": false, "constant_velocity": true][$0]
            } ?? false
        let density = map?.find("density").flatMap(number)?.double
        let constant = map.flatMap { span($0, "time_constant") }
        var gate: FusionPlan.Kalman.Gate?
        if let detail = map?.find("gate")?.map() {
            let confidence = detail.find("confidence")?.value("a number from 0.5 to below 1") {
                text in
                Quantities.number(text).flatMap { (0.5..<1).contains($0.double) ? $0.double : nil }
            }
            let patience = detail.find("patience")?.value("a number above 0", Quantities.count)
            detail.finish()
            gate = .init(confidence: confidence ?? 0.9999, patience: patience ?? 5)
        }
        if let density, density <= 0 { node?.mistake("expected a density above 0") }
        let model: FusionPlan.Kalman.Model
        if isVelocity {
            guard let density else {
                node?.mistake("missing: density, of the acceleration, in units^2/s^3")
                return nil
            }
            model = .constantVelocity(density: density)
        } else if let density {
            model = .randomWalk(.density(density))
        } else {
            model = .randomWalk(.timeConstant(max(1, constant ?? 60_000_000)))
        }
        return .kalman(.init(model: model, variances: variances, gate: gate))
    }

    func alignment(_ node: ConfigurationNode?, _ inputs: [Input]) -> FusionPlan.Alignment {
        guard let node else { return .round }
        guard node.isMap else {
            return node.value("round, as_of, or a map with as_of or grid") { text in
                ["round": FusionPlan.Alignment.round, "as_of": .asOf(leading: nil)][text]
            } ?? .round
        }
        guard let map = node.map() else { return .round }
        defer { map.finish() }
        if let leading = map.find("as_of") {
            let names = inputs.enumerated().map { $1.plan.name ?? "\($0 + 1)" }
            return leading.value("an input: \(names.joined(separator: ", "))") {
                names.firstIndex(of: $0)
            }.map { .asOf(leading: $0) } ?? .round
        }
        let span = Quantities.spanExpectation
        let every = map.require("grid", span)?.value(span, Quantities.positiveSpan)
        let resampling = map.find("resample")?.value("as_of or interpolated") {
            ["as_of": FusionPlan.Resampling.asOf, "interpolated": .interpolated][$0]
        }
        let delay = self.span(map, "delay")
        return every.map { .grid(every: $0, resampling ?? .interpolated, delay: delay ?? $0) }
            ?? .round
    }

    func outliers(_ node: ConfigurationNode?, _ inputs: Int) -> FusionPlan.Outliers {
        guard let map = node?.map() else { return .none }
        defer { map.finish() }
        let factor = map.find("hampel")?.value("a number above 0") { text in
            Quantities.number(text).flatMap { $0.double > 0 ? $0.double : nil }
        }
        let floor =
            factor == nil || mistakes.isOfStore
            ? map.find("floor")
            : map.require(
                "floor",
                "in the unit: where the others agree exactly, any other value is an outlier "
                    + "without it")
        let least = floor.flatMap(number)?.double ?? 0
        let confidence = map.find("chi_square")?.value("a number from 0.5 to below 1") { text in
            Quantities.number(text).flatMap { (0.5..<1).contains($0.double) ? $0.double : nil }
        }
        if factor != nil, confidence != nil { node?.mistake("either 'hampel' or 'chi_square'") }
        if least < 0 { floor?.mistake("expected 0 or above") }
        if let factor { return .hampel(factor: factor, floor: max(0, least)) }
        if let confidence {
            return .chiSquare(.init(confidence: confidence, inputs: inputs))
        }
        node?.mistake("expected 'hampel' or 'chi_square'")
        return .none
    }

    /// `true` for what is usual, or a map.
    func watch(_ node: ConfigurationNode) -> FusionPlan.Watch? {
        guard node.isMap else {
            return node.value("true, false, or a map") { ["true": true, "false": false][$0] }
                == true ? .init() : nil
        }
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        var watch = FusionPlan.Watch()
        let expectation = "a number above 0"
        func positive(_ text: String) -> Double? {
            Quantities.number(text).flatMap { $0.double > 0 ? $0.double : nil }
        }
        watch.limit = map.find("limit")?.value(expectation, positive) ?? watch.limit
        watch.stuck = map.find("stuck")?.value(expectation, positive) ?? watch.stuck
        watch.timeConstant = span(map, "time_constant").map { max(1, $0) } ?? watch.timeConstant
        return watch
    }
}
