/// A reading as a message says it, before anything is known of its series.
package struct DecodedReading: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case number(Number)
        case flag(Bool)
        /// A state, such as `RUN`.
        case text(String)
    }

    /// The path of keys that leads to it, such as `ENERGY.Power` or `phases[0]`, or the
    /// format's own name for it.
    package var metric: String
    package var value: Value
    /// As the device writes it, or as its format defines it.
    package var unit: String?
    /// `nil` where the message has none: it is as old as its arrival.
    package var time: Timestamp?
    package var quality = Quality.good
    package var labels: [Series.Label] = []
    /// Only ever goes up, but where it begins again: its profile says so.
    package var isCounter = false

    package init(
        _ metric: String, _ value: Value, unit: String? = nil, time: Timestamp? = nil,
        quality: Quality = .good, labels: [Series.Label] = []
    ) {
        self.metric = metric
        self.value = value
        self.unit = unit
        self.time = time
        self.quality = quality
        self.labels = labels
    }
}
