/// A message for the local broker: at once, whatever the store and the link do.
package struct Publication: Hashable, Sendable {
    package var topic: String
    package var payload: [UInt8]
    package var isRetained: Bool

    package init(topic: String, payload: [UInt8], isRetained: Bool) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
    }
}
