internal import Rig

/// The gateway's configuration in the benchmark.
struct Settings {
    var idle = "15s"
    var batchAge = "10s"
    /// Whether two sensors are fused, and the value published; times are then microseconds.
    var isReacting = false

    func yaml(
        storage: String, certificates: Certificates, brokerPort: Int, receiverPort: Int,
        console: Int
    ) -> String {
        let identity = """
              authorities: \(certificates.authorities)
              certificate: \(certificates.certificate("gateway-1"))
              key: \(certificates.key("gateway-1"))
            """
        return """
            gateway: gateway-1
            storage: {directory: \(storage)}
            broker:
              host: localhost
              port: \(brokerPort)
            \(identity)
            \(isReacting ? publisher(certificates) : "")streams:
              - name: temperature
                topic: plant/{line}/{device}/temperature
                payload: json
                value: $.value
                time: {path: $.ts, format: \(isReacting ? "us" : "ms")}
                unit: Cel
                window: {size: 10s, delay: 5s, idle: \(idle)}
                aggregates: [count, sum, min, max, last, p95]
            uplink:
              endpoint: https://localhost:\(receiverPort)
            \(identity)
              schedule: always
              batch: {size: 256KiB, age: \(batchAge)}
            console: {port: \(console)}
            log: {level: warning}
            \(isReacting ? Self.fusion : "")

            """
    }

    private func publisher(_ certificates: Certificates) -> String {
        let name = "gateway-1-publisher"
        return """
              publisher:
                certificate: \(certificates.certificate(name))
                key: \(certificates.key(name))

            """
    }

    private static let fusion = """
        fusions:
          - name: pair
            unit: Cel
            method: mean
            inputs:
              - {stream: temperature, where: {device: dev-1}}
              - {stream: temperature, where: {device: dev-2}}
            window: {size: 10s}
            publish: tidegate/{gateway}/{name}
        """
}
