/// Where something is published on the local broker.
package struct PublicationPlan: Hashable, Sendable {
    package var topic: PublicationTopic
    /// Whether the broker keeps the last one for who connects later.
    package var isRetained: Bool

    package init(topic: PublicationTopic, isRetained: Bool) {
        self.topic = topic
        self.isRetained = isRetained
    }
}
