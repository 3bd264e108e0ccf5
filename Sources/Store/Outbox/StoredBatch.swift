/// A sealed batch as it lies in the store.
package struct StoredBatch: Hashable, Sendable {
    /// Its place in the order of sending.
    package let number: UInt64
    /// Its number in its epoch.
    package let sequence: UInt64
    package let bytes: [UInt8]
}
