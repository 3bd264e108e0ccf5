/// How the second connection stands.
package struct LocalPublisherFigures: Hashable, Sendable {
    package var isConnected = false
    /// Since the start.
    package var connections = 0
    /// Messages that the broker has taken.
    package var published = 0
    /// Messages that the broker would not take, or that can't be sent at all.
    package var refused = 0
    /// Messages that gave way in a full queue, or were left at the stop.
    package var dropped = 0
    /// Messages that wait for their turn.
    package var queued = 0
    /// Messages that the broker has not answered yet.
    package var inFlight = 0
    /// Why there is no connection, or what was last refused and why; `nil` while all is well.
    package var trouble: String?

    package init() {}
}
