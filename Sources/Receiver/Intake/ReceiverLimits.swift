/// What the receiver takes before it says no.
package struct ReceiverLimits: Hashable, Sendable {
    /// Bytes of a batch as it is sent.
    package var wireBytes = 4 << 20
    /// Bytes of a batch decompressed.
    package var rawBytes = 16 << 20
    /// Requests at a time; the memory for their batches is this times `wireBytes`.
    package var concurrentRequests = 16
    package var connections = 1_024
    /// Seconds in which a batch must have come; a slow link has the time for a batch of
    /// 256 KiB at 1 kB/s.
    package var requestSeconds: Int64 = 300
    /// Seconds after which a connection is closed on which nothing comes.
    package var idleSeconds: Int64 = 60
    /// Bytes of all header fields of a request.
    package var headerBytes = 16 << 10

    package init() {}
}
