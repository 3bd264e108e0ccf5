/// A gateway's configuration, written as YAML.
package struct GatewayConfiguration: Sendable {
    package struct Stream: Sendable {
        package var name: String
        package var topic: String
        package var unit: String
        /// Its messages say what they hold: `payload: auto`.
        package var isRecognised = false

        package init(name: String, topic: String, unit: String) {
            self.name = name
            self.topic = topic
            self.unit = unit
        }

        package init(recognising name: String, topic: String) {
            self.init(name: name, topic: topic, unit: "")
            isRecognised = true
        }

        fileprivate var reading: String {
            isRecognised
                ? "payload: auto"
                : "payload: json\n    value: $.value\n    time: {path: $.ts, format: ms}\n"
                    + "    unit: \(unit)"
        }
    }

    package var gateway = "gateway-1"
    package var storage = ""
    package var brokerPort = 8883
    package var uplinkPort = 8443
    package var consolePort = 9090
    package var streams: [Stream]
    /// Milliseconds.
    package var window = 2_000
    /// Seconds.
    package var delay = 1
    package var idle = 3
    /// The devices of stream `temperature` that are fused by median; none: no fusion.
    package var fused: [String] = []
    package var retryBase = "200ms"
    package var batchAge = "1s"
    /// In YAML, such as `{topics: 10}`.
    package var limits = "{}"
    package var commit = "{}"
    package var logLevel = "info"
    /// The name of the second connection's certificate; none: no such connection.
    package var publisher: String?
    /// In YAML: fusions, alarms and the like, at the top level.
    package var more = ""

    package init(streams: [Stream]) { self.streams = streams }

    /// The virtual plant's six quantities and the fused temperature of its bearing.
    package static var plant: GatewayConfiguration {
        let quantities = [
            ("temperature", "Cel"), ("speed", "1/min"), ("current", "A"), ("flow", "m3/h"),
            ("pressure", "bar"), ("velocity", "mm/s"),
        ]
        var configuration = GatewayConfiguration(
            streams: quantities.map { name, unit in
                Stream(name: name, topic: "plant/{line}/{device}/\(name)", unit: unit)
            })
        configuration.fused = ["tc-1", "tc-2", "tc-3"]
        return configuration
    }

    /// Names to do with certificates are relative to the folder `certificates`.
    package func yaml(_ certificates: Certificates) -> String {
        let tls = """
              authorities: \(certificates.authorities)
              certificate: \(certificates.certificate(gateway))
              key: \(certificates.key(gateway))
            """
        return """
            gateway: \(gateway)
            storage: {directory: \(storage)}
            broker:
              host: localhost
              port: \(brokerPort)
              commit: \(commit)
            \(tls)
            \(publisher.map { publisherLine($0, certificates) } ?? "")streams:
            \(streams.map(yaml).joined(separator: "\n"))
            \(fusion)uplink:
              endpoint: https://localhost:\(uplinkPort)
            \(tls)
              schedule: always
              batch: {size: 256KiB, age: \(batchAge)}
              retry: {base: \(retryBase), maximum: 2s, attempts: 8}
            limits: \(limits)
            console: {port: \(consolePort)}
            log: {level: \(logLevel)}
            \(more)

            """
    }

    private func publisherLine(_ name: String, _ certificates: Certificates) -> String {
        let files =
            "{certificate: \(certificates.certificate(name)), key: \(certificates.key(name))}"
        return "  publisher: \(files)\n"
    }

    private func yaml(_ stream: Stream) -> String {
        """
          - name: \(stream.name)
            topic: \(stream.topic)
            \(stream.reading)
            window: {size: \(window)ms, delay: \(delay)s, idle: \(idle)s}
            aggregates: [count, sum, mean, min, max, first, last, stddev, p95]
        """
    }

    private var fusion: String {
        guard !fused.isEmpty else { return "" }
        let inputs = fused.map { "      - {stream: temperature, where: {device: \($0)}}\n" }
        return """
            fusions:
              - name: bearing_temperature
                unit: Cel
                method: median
                inputs:
            \(inputs.joined())    tolerance: 1s
                quorum: 2
                window: {size: \(window)ms}
                aggregates: [count, mean]

            """
    }
}
