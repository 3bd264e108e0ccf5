package import Core

/// What takes over the messages. All calls come from the session's thread.
package protocol SessionHandler: AnyObject {
    /// Takes up what was committed last: at the start, and after a commit that failed.
    ///
    /// - Returns: what the broker may hand over again.
    func recover() throws -> RedeliveryFilter
    /// `recover` threw after a commit that failed; it is tried again.
    func recoveryFailed(_ error: any Error)
    /// The broker answered; what it kept for us comes next.
    func connected(sessionPresent: Bool, at time: Timestamp)
    /// The broker delivers, but for the filters that it refuses.
    func subscribed(refused: [String])
    /// The broker has taken these filters out of the session, if they were in it.
    func unsubscribed(_ filters: [String])
    /// The connection, or an attempt at one, failed. A next attempt follows.
    func disconnected(reason: String, retryIn wait: Microseconds)
    /// A new message. The spans are valid inside the call only.
    func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, at arrival: Timestamp)
    /// A message that was handed over again.
    func recognized()
    /// A message that was retained from before the subscription.
    func passed(packetID: UInt16, hash: UInt64)
    /// The broker dropped messages before the next one.
    func dropped(_ count: Int, at time: Timestamp)
    /// The next one is of an older state of the broker's: what it had for us since is gone.
    func rewound(at time: Timestamp)
    /// Nothing is left to read at this time.
    ///
    /// - Parameter uptime: of a clock that nobody sets.
    func caughtUp(at time: Timestamp, uptime: Microseconds)
    /// Makes durable what was received. Throws with nothing of it kept.
    ///
    /// - Parameter known: all that the broker may hand over again once this is done.
    func commit(at time: Timestamp, known: RedeliveryFilter?) throws
    /// The session has ended as it was told to.
    func stopped(at time: Timestamp)
    /// Whether something waits for a commit.
    var hasUncommitted: Bool { get }
    /// Messages that wait for a commit.
    var uncommittedMessages: Int { get }
    /// About what they take in memory.
    var uncommittedBytes: Int { get }
}

extension SessionHandler {
    package func recoveryFailed(_ error: any Error) {}
    package func unsubscribed(_ filters: [String]) {}
    package func stopped(at time: Timestamp) {}
}
