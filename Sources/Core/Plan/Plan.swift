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

/// Bounds on whatever the outside can make grow.
package struct Limits: Hashable, Sendable {
    package var topics = 100_000
    package var series = 100_000
    /// Bytes.
    package var topicLength = 1_024
    /// Bytes.
    package var payload = 262_144
    /// How far a reading's own time may lie after its arrival.
    package var future: Microseconds = 300_000_000
    /// How long gaps of one cause and subject are gathered into one record.
    package var gapInterval: Microseconds = 60_000_000

    package init() {}
}
