internal import Rig

/// The gateway's configuration in the benchmark.
struct Settings {
    var idle = "15s"
    var batchAge = "10s"

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
            streams:
              - name: temperature
                topic: plant/{line}/{device}/temperature
                payload: json
                value: $.value
                time: {path: $.ts, format: ms}
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

            """
    }
}
