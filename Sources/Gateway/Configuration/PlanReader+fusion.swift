internal import Core

extension PlanReader {
    func fusion(_ map: ConfigurationMap, _ streams: [StreamPlan]) -> FusionPlan? {
        defer { map.finish() }
        // These two are fields of every fusion.
        let name = map.require("name", "the fusion's name")?
            .value("\(Self.nameExpectation), and not spread or inputs") { text in
                ["spread", "inputs"].contains(text) ? nil : Self.name(text)
            }
        let unit = map.find("unit")?.text() ?? ""
        let methods = FusionPlan.Method.allCases.map(\.rawValue).joined(separator: " or ")
        let method = map.require("method", methods)?.value(methods) {
            FusionPlan.Method(rawValue: $0)
        }
        let labels = fixedLabels(map.find("labels"))
        let inputs = map.require("inputs", "the sensors to fuse")
        let read = (inputs?.items() ?? []).compactMap { node in
            node.map().flatMap { input($0, streams, needsSigma: method == .inverseVariance) }
        }
        if let inputs, inputs.items().count < 2 { inputs.mistake("expected at least two inputs") }
        let span = Quantities.spanExpectation
        let tolerance = map.find("tolerance")?.value(span, Quantities.positiveSpan) ?? 1_000_000
        let quorum =
            map.find("quorum")?.value("1 to the number of inputs, \(read.count)") { text in
                Int(text).flatMap { $0 >= 1 && $0 <= max(read.count, 1) ? $0 : nil }
            } ?? (read.count / 2 + 1)
        let window = window(map)
        guard let name, let method, let window else { return nil }
        return FusionPlan(
            name: name, unit: unit, labels: labels, method: method, inputs: read,
            tolerance: tolerance, quorum: quorum, window: window)
    }

    private func fixedLabels(_ node: ConfigurationNode?) -> [Series.Label] {
        guard let map = node?.map() else { return [] }
        return map.names.compactMap { name in
            map.find(name)?.text().map { Series.Label(name: name, value: $0) }
        }
    }

    private func input(
        _ map: ConfigurationMap, _ streams: [StreamPlan], needsSigma: Bool
    ) -> FusionPlan.Input? {
        defer { map.finish() }
        let known = streams.map(\.name).joined(separator: ", ")
        let stream = map.require("stream", "one of \(known)")?.value("one of \(known)") { text in
            streams.first { $0.name == text }
        }
        let labels = labels(map.find("where"), known: stream?.pattern.captures ?? [])
        let fields = stream?.fields.map(\.name) ?? []
        let field = map.find("field")?.value("one of \(fields.joined(separator: ", "))") {
            fields.contains($0) ? $0 : nil
        }
        let sigmaNode =
            needsSigma
            ? map.require("sigma", "the standard deviation of the sensor's errors, in its unit")
            : map.find("sigma")
        let sigma = sigmaNode?.value("a number from 0.000001 to 1000000") { text in
            Quantities.number(text).flatMap { (1e-6...1e6).contains($0.double) ? $0.double : nil }
        }
        guard let stream else { return nil }
        return FusionPlan.Input(
            stream: stream.name, field: field ?? fields.first ?? stream.name, labels: labels,
            calibration: calibration(map), sigma: sigma ?? 1)
    }
}
