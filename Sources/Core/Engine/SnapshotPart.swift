/// A part of the core's state, written and replaced as a whole.
package struct SnapshotPart: Hashable, Sendable {
    /// 0 globals, 1 topics, 2 and up the series in chunks.
    package var key: Int
    package var data: [UInt8]

    package init(key: Int, data: [UInt8]) {
        self.key = key
        self.data = data
    }
}
