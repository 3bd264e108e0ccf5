/// All that the core is told: the configuration without files, hosts and ports.
package struct Plan: Hashable, Sendable {
    package var streams: [StreamPlan]
    package var fusions: [FusionPlan]
    package var alarms: [AlarmPlan] = []
    /// Messages here, of any content, acknowledge the alarm that `{alarm}` names.
    package var acknowledgement: TopicPattern?
    package var limits: Limits

    package init(streams: [StreamPlan], fusions: [FusionPlan], limits: Limits = Limits()) {
        self.streams = streams
        self.fusions = fusions
        self.limits = limits
    }

    /// What the gateway subscribes to.
    package var filters: [String] {
        streams.map(\.pattern.filter) + [acknowledgement?.filter].compactMap { $0 }
    }

    /// Streams, then fusions, by their place in the plan.
    func node(named name: String) -> Int? {
        streams.firstIndex { $0.name == name }
            ?? fusions.firstIndex { $0.name == name }.map { $0 + streams.count }
    }

    /// By node.
    var windowPlans: [[WindowPlan]] { streams.map(\.windows) + fusions.map(\.windows) }
}
