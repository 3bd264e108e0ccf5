/// What a client hears from its broker, inside its calls to `read`.
package protocol MosquittoEvents: AnyObject {
    /// The broker answered CONNECT. `code` 0 is a yes (MQTT 3.1.1, section 3.2.2.3).
    func connected(code: Int32, sessionPresent: Bool)
    /// A PUBLISH; the spans are valid inside this call only. `packetID` is 0 at QoS 0.
    func received(packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool)
    /// SUBACK: the granted QoS for each filter in order; 128 is a refusal.
    func subscribed(granted: [Int32])
    /// UNSUBACK.
    func unsubscribed()
    /// PUBACK of a message of ours; with MQTT 5 also why it was not taken.
    func published(packetID: Int32, refusal: String?)
}

extension MosquittoEvents {
    package func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, isRetained: Bool
    ) {}
    package func subscribed(granted: [Int32]) {}
    package func unsubscribed() {}
    package func published(packetID: Int32, refusal: String?) {}
}
