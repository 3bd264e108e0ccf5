/// What the broker has said about a publisher's messages so far.
package struct PublisherOutcome: Hashable, Sendable {
    /// Taken by the broker.
    package var acknowledged = 0
    /// Of these, messages for which no client was subscribed: the broker dropped them.
    package var unheard = 0
    /// Not taken, by its access control for example.
    package var refused = 0
    /// Why the first of them was refused.
    package var refusal: String?

    package init() {}
}
