/// A sealed batch on its way.
package struct OutgoingBatch: Hashable, Sendable {
    package let sequence: UInt64
    package let bytes: [UInt8]

    package init(sequence: UInt64, bytes: [UInt8]) {
        self.sequence = sequence
        self.bytes = bytes
    }
}
