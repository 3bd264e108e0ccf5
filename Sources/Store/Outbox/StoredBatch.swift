/// A sealed batch as it lies in the store.
package struct StoredBatch: Hashable, Sendable {
    package let sequence: UInt64
    package let bytes: [UInt8]
}
