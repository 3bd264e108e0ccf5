/// Makes readings of a message's metrics.
struct SparkplugReadings {
    private let limits: SparkplugLimits
    private let labels: [Series.Label]
    /// Milliseconds since 1970: of metrics that have none of their own.
    private let timestamp: UInt64?

    init(_ message: SparkplugMessage) {
        limits = message.limits
        timestamp = message.payload.timestamp
        var labels = [
            Series.Label(name: "group", value: message.node.group),
            Series.Label(name: "node", value: message.node.name),
        ]
        if let device = message.device {
            labels.append(Series.Label(name: "device", value: device))
        }
        self.labels = labels
    }

    /// - Parameter known: what its birth says of it.
    func read(
        _ metric: SparkplugMetric, named name: String, _ known: SparkplugBirth.Metric?,
        _ outcome: inout SparkplugOutcome
    ) {
        // Without a value on purpose: there is nothing to complain of.
        guard !metric.isNull, !SparkplugBirth.isControl(name) else { return }
        func note(_ problem: @autoclosure () -> String) {
            outcome.note(problem(), limit: limits.problems)
        }
        guard name.utf8.count <= limits.nameLength else {
            note("\(name.prefix(32))...: a name of more than \(limits.nameLength) bytes")
            return
        }
        let datatype = metric.datatype != 0 ? metric.datatype : UInt32(known?.datatype ?? 0)
        do throws(SparkplugMetric.Unread) {
            var reading = DecodedReading(name, try metric.value(as: datatype), labels: labels)
            reading.time = try time(of: metric)
            reading.unit = metric.properties.unit ?? known?.unit
            if let unit = reading.unit, unit.utf8.count > limits.unitLength {
                note("\(name): a unit of more than \(limits.unitLength) bytes")
                reading.unit = nil
            }
            if let code = metric.properties.quality { reading.quality = Quality(sparkplug: code) }
            outcome.decoded.readings.append(reading)
        } catch {
            note("\(name): \(error.reason)")
        }
    }

    private func time(of metric: SparkplugMetric) throws(SparkplugMetric.Unread) -> Timestamp? {
        guard let milliseconds = metric.timestamp ?? timestamp else { return nil }
        guard milliseconds <= UInt64(Timestamp.latest.microseconds / 1_000) else {
            throw SparkplugMetric.Unread(reason: "a time after the year 9999")
        }
        return Timestamp(microseconds: Int64(milliseconds) * 1_000)
    }
}
