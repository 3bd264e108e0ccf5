internal import Mosquitto

/// How a simulation ended.
package struct PublishingSummary: Hashable, Sendable, CustomStringConvertible {
    package var published: Int
    package var acknowledged = 0
    package var unheard = 0
    package var refused = 0
    package var refusal: String?

    package init(published: Int) { self.published = published }

    mutating func add(_ outcome: PublisherOutcome) {
        acknowledged += outcome.acknowledged
        unheard += outcome.unheard
        refused += outcome.refused
        refusal = refusal ?? outcome.refusal
    }

    /// Whether the broker took each message.
    package var isComplete: Bool { acknowledged == published }

    package var description: String {
        var text = "published \(published), acknowledged \(acknowledged)"
        if refused > 0 { text += ", refused \(refused) (\(refusal ?? "no reason given"))" }
        if unheard > 0 { text += ", nobody subscribed to \(unheard)" }
        return text
    }
}
