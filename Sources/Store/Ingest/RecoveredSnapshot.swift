package import Core

/// The core's state as of a block of the journal.
package struct RecoveredSnapshot: Sendable {
    package let parts: [SnapshotPart]
    package let block: Int64
    package let plan: Int64
    package let series: [Series]
}
