internal import Core
internal import Session

extension GatewayConfiguration {
    /// What a person wants confirmed.
    package var summary: String {
        """
        ok: gateway '\(gateway)', \(plan.streams.count) streams, \(plan.fusions.count) fusions, \
        \(plan.alarms.count) alarms
        broker   \(broker.host):\(broker.port), \(broker.filters.joined(separator: ", "))
        uplink   \(uplink.endpoint)
        storage  \(storage.directory)
        console  http://\(console.host):\(console.port)/status
        """
    }
}
