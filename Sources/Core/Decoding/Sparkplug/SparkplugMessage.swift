/// A message of an edge node, and what comes of it.
struct SparkplugMessage {
    let node: SparkplugNode
    let device: String?
    let payload: SparkplugPayload
    let limits: SparkplugLimits
    var outcome = SparkplugOutcome()

    init(
        node: SparkplugNode, device: String?, payload: SparkplugPayload, limits: SparkplugLimits
    ) {
        self.node = node
        self.device = device
        self.payload = payload
        self.limits = limits
    }

    mutating func note(_ problem: String) { outcome.note(problem, limit: limits.problems) }

    mutating func askForRebirth() { outcome.rebirthRequest = node }

    mutating func noteGap(_ problem: String?) {
        guard let problem else { return }
        note(problem)
        askForRebirth()
    }

    /// - Parameter room: for so many metrics.
    mutating func readBirth(room: Int) -> SparkplugBirth {
        var birth = SparkplugBirth()
        guard !noteCompression() else {
            birth.isPartial = true
            return birth
        }
        let reader = SparkplugReadings(self)
        for metric in payload.metrics {
            guard let name = metric.name else {
                note("a metric without a name in a birth")
                continue
            }
            var kept = SparkplugBirth.Metric(metric)
            if let unit = kept.unit, unit.utf8.count > limits.unitLength { kept.unit = nil }
            if birth.metrics.count >= room || name.utf8.count > limits.nameLength {
                if !birth.isPartial, birth.metrics.count >= room {
                    note("not kept: more than \(limits.metrics) metrics")
                }
                birth.isPartial = true
            } else if let problem = birth.add(kept, named: name, alias: metric.alias) {
                note("\(name): \(problem)")
            }
            reader.read(metric, named: name, kept, &outcome)
        }
        return birth
    }

    /// - Parameter isWorthAsking: whether a birth may say what this one does not.
    mutating func readData(_ birth: SparkplugBirth, isWorthAsking: Bool) {
        guard !noteCompression() else { return }
        let reader = SparkplugReadings(self)
        for metric in payload.metrics {
            if let name = metric.name ?? metric.alias.flatMap({ birth.aliases[$0] }) {
                reader.read(metric, named: name, birth.metrics[name], &outcome)
            } else if let alias = metric.alias {
                note("alias \(alias): no birth says whose it is")
                if isWorthAsking { askForRebirth() }
            } else {
                note("a metric without a name and an alias")
            }
        }
    }

    private mutating func noteCompression() -> Bool {
        if payload.isCompressed { note("a compressed payload: not read") }
        return payload.isCompressed
    }
}
