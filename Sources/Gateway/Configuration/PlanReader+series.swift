internal import Core

/// What is done with the readings of a stream's series, by label and field.
extension PlanReader {
    /// The series that a rule is for.
    struct Scope {
        let labels: [String]
        let fields: [String]
    }

    /// Any name where the messages name the fields.
    func field(_ node: ConfigurationNode, of known: [String]) -> String? {
        node.value("one of \(known.joined(separator: ", "))") {
            known.isEmpty || known.contains($0) ? $0 : nil
        }
    }

    /// A list of rules, or one alone.
    func rules<Value: Hashable & Sendable>(
        _ node: ConfigurationNode?, _ scope: Scope, _ read: (ConfigurationMap) -> Value?
    ) -> [SeriesRule<Value>] {
        guard let node else { return [] }
        return (node.isMap ? [node] : node.items()).compactMap { node -> SeriesRule<Value>? in
            guard let map = node.map() else { return nil }
            defer { map.finish() }
            let labels = labels(map.find("where"), known: scope.labels)
            let field = map.find("field").flatMap { self.field($0, of: scope.fields) }
            return read(map).map { SeriesRule(labels: labels, field: field, value: $0) }
        }
    }

    /// `gain` and `offset`, or `table`, or `polynomial`.
    func calibration(_ map: ConfigurationMap) -> Calibration {
        let gain = map.find("gain")
        let offset = map.find("offset")
        let table = map.find("table")
        let polynomial = map.find("polynomial")
        let outside = map.find("outside")
        if let second = [table, polynomial].compactMap({ $0 }).last,
            [gain, offset].contains(where: { $0 != nil }) || (table != nil && polynomial != nil)
        {
            second.mistake("expected one of: gain and offset, table, polynomial")
        }
        do {
            if let table { return Calibration(try self.table(table, outside)) }
            outside?.mistake("is of a 'table' only")
            if let polynomial {
                return Calibration(try CalibrationPolynomial(polynomial.items().compactMap(number)))
            }
        } catch {
            (table ?? polynomial)?.mistake(error.description)
        }
        return Calibration(
            gain: gain.flatMap(number) ?? Number(1), offset: offset.flatMap(number) ?? .zero)
    }

    private func table(
        _ node: ConfigurationNode, _ outside: ConfigurationNode?
    ) throws(Calibration.Malformed) -> CalibrationTable {
        let points = node.items().compactMap { item -> CalibrationTable.Point? in
            let pair = item.items().compactMap(number)
            guard pair.count == 2 else {
                item.mistake("expected two numbers: what is read, and what that stands for")
                return nil
            }
            return .init(x: pair[0], y: pair[1])
        }
        let all = CalibrationTable.Outside.allCases.map(\.rawValue).joined(separator: ", ")
        let beyond = outside?.value("one of \(all)") { CalibrationTable.Outside(rawValue: $0) }
        return try CalibrationTable(points, outside: beyond ?? .extend)
    }

    func number(_ node: ConfigurationNode) -> Number? {
        node.value("a number", Quantities.number)
    }

    func span(_ map: ConfigurationMap, _ name: String) -> Microseconds? {
        map.find(name)?.value(Quantities.spanExpectation, Quantities.span)
    }

    func quality(_ map: ConfigurationMap) -> QualityRules? {
        let limits = ["range", "expected"].map { name in
            (name, map.find(name)?.map().map(bounds))
        }
        let stuck = map.find("stuck").flatMap(stuck)
        let jump = map.find("jump").flatMap(jump)
        let stale = span(map, "stale")
        do {
            func range(_ index: Int) throws(QualityRules.Malformed) -> ClosedRange<Double>? {
                try QualityRules.bounds(
                    of: limits[index].0, low: limits[index].1?.low, high: limits[index].1?.high)
            }
            return try QualityRules(
                range: range(0), expected: range(1), stuck: stuck, jump: jump, stale: stale)
        } catch {
            mistakes.add(error.description, key: map.key, line: map.line)
            return nil
        }
    }

    private func bounds(_ map: ConfigurationMap) -> (low: Number?, high: Number?) {
        defer { map.finish() }
        return (map.find("low").flatMap(number), map.find("high").flatMap(number))
    }

    /// A span alone, or with a tolerance.
    private func stuck(_ node: ConfigurationNode) -> QualityRules.Stuck? {
        guard node.isMap else {
            return node.value(Quantities.spanExpectation, Quantities.span).map { .init(after: $0) }
        }
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        let after = map.require("after", Quantities.spanExpectation)?
            .value(Quantities.spanExpectation, Quantities.span)
        let tolerance = map.find("tolerance").flatMap(number) ?? .zero
        return after.map { .init(after: $0, tolerance: tolerance.double) }
    }

    /// A rate alone, or with how many readings settle a new level.
    private func jump(_ node: ConfigurationNode) -> QualityRules.Jump? {
        guard node.isMap else { return number(node).map { .init(rate: $0.double) } }
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        let rate = map.require("rate", "a number, in the unit a second").flatMap(number)
        let settle = map.find("settle")?.value("1 to 255") { UInt8($0) } ?? 3
        return rate.map { .init(rate: $0.double, settle: settle) }
    }

    func report(_ map: ConfigurationMap) -> ExceptionPlan? {
        let methods = ExceptionPlan.Method.allCases.map(\.rawValue).joined(separator: " or ")
        let method = map.require("method", methods)?.value(methods) {
            ExceptionPlan.Method(rawValue: $0)
        }
        let deviation = map.require("deviation", "a number, or percent of low to high")
            .flatMap(deviation)
        let interval = span(map, "max_interval") ?? 600_000_000
        let silence = span(map, "silence") ?? 60_000_000
        guard let method, let deviation else { return nil }
        do {
            return try ExceptionPlan(
                method, deviation: deviation, maximumInterval: interval, silence: silence)
        } catch {
            mistakes.add(error.description, key: map.key, line: map.line)
            return nil
        }
    }

    private func deviation(_ node: ConfigurationNode) -> Number? {
        guard node.isMap else { return number(node) }
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        guard let percent = map.require("percent", "a number").flatMap(number),
            let low = map.require("low", "a number").flatMap(number),
            let high = map.require("high", "a number").flatMap(number)
        else { return nil }
        do {
            return try ExceptionPlan.deviation(percent: percent, low: low, high: high)
        } catch {
            node.mistake(error.description)
            return nil
        }
    }
}
