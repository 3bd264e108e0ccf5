package import Core

/// A message as it once came from a broker.
package struct RecordedMessage: Hashable, Sendable {
    package var topic: [UInt8]
    package var payload: [UInt8]
    /// When it was recorded: its arrival.
    package var time: Timestamp
    /// Whether the broker sent it with the subscription: old news.
    package var isRetained: Bool

    package init(topic: [UInt8], payload: [UInt8], time: Timestamp, isRetained: Bool = false) {
        self.topic = topic
        self.payload = payload
        self.time = time
        self.isRetained = isRetained
    }
}
