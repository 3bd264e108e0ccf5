package import Wire

/// Carries a batch to the receiver, and its answer back. Whatever goes wrong is an answer
/// too: `later`.
package protocol BatchTransport: Sendable {
    func send(_ batch: [UInt8]) async -> BatchAnswer
}
