package import Core
package import Wire

/// What the receiver holds, and what it refused.
package struct AuditReport: Hashable, Sendable {
    /// By name.
    package var gateways: [GatewayAudit]
    /// The newest first.
    package var refusals: [RefusalAudit]
}

package struct GatewayAudit: Hashable, Sendable {
    package var gateway: String
    /// By first arrival.
    package var epochs: [EpochAudit]
}

package struct EpochAudit: Hashable, Sendable {
    package var epoch: Epoch
    package var batches: Int64
    /// Numbers of the first and the last batch; 0 where there is none.
    package var first: Int64
    package var last: Int64
    package var completeThrough: Int64
    /// The numbers missing below `last`.
    package var holes: [ClosedRange<Int64>]
    /// Batches that came again and changed nothing.
    package var duplicates: Int64
    /// Batches that were refused.
    package var conflicts: Int64
    package var records: RecordCounts
    package var wireBytes: Int64
    package var rawBytes: Int64
}

package struct RefusalAudit: Hashable, Sendable {
    package var time: Timestamp
    package var gateway: String
    package var epoch: String
    package var sequence: Int64
    package var reason: String
}
