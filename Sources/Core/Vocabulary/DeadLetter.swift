/// A message that could not be read, kept for inspection.
package struct DeadLetter: Hashable, Sendable {
    package var topic: [UInt8]
    package var time: Timestamp
    package var reason: String
    /// At most `payloadLimit` bytes from the beginning.
    package var payload: [UInt8]

    package static let payloadLimit = 1_024

    package init(topic: [UInt8], time: Timestamp, reason: String, payload: [UInt8]) {
        self.topic = topic
        self.time = time
        self.reason = reason
        self.payload = payload
    }
}
