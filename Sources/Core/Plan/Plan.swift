/// All that the core is told: the configuration without files, hosts and ports.
package struct Plan: Hashable, Sendable {
    package var streams: [StreamPlan]
    package var fusions: [FusionPlan]
    package var limits: Limits

    package init(streams: [StreamPlan], fusions: [FusionPlan], limits: Limits = Limits()) {
        self.streams = streams
        self.fusions = fusions
        self.limits = limits
    }

    /// The window that a series of this stream or fusion goes through.
    func window(of series: Series) -> WindowPlan? {
        streams.first { $0.name == series.stream }?.window
            ?? fusions.first { $0.name == series.stream }?.window
    }
}
