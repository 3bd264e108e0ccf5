/// A sealed batch on its way.
package struct OutgoingBatch: Hashable, Sendable {
    /// Its place in the order of sending.
    package let number: UInt64
    /// Its number in its epoch.
    package let sequence: UInt64
    package let bytes: [UInt8]

    package init(number: UInt64, sequence: UInt64, bytes: [UInt8]) {
        self.number = number
        self.sequence = sequence
        self.bytes = bytes
    }
}
