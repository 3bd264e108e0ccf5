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
    /// Of the windows: those that take the place of one sent before.
    package var revised: Int64
    /// Of the windows: those that are to be added to another.
    package var amended: Int64
    package var wireBytes: Int64
    package var rawBytes: Int64
    /// What the gap records among these say, a sum for each cause.
    package var gaps: [GapAudit]
}

package struct GapAudit: Hashable, Sendable {
    /// As in docs/wire-format.md; "unread" for those in a file that could not be read when
    /// the ledger began to sum up.
    package var cause: String
    package var records: Int64
    /// The sum of the records' counts.
    package var count: Int64
    package var from: Timestamp
    package var to: Timestamp

    package init(cause: String, records: Int64, count: Int64, from: Timestamp, to: Timestamp) {
        self.cause = cause
        self.records = records
        self.count = count
        self.from = from
        self.to = to
    }
}

package struct RefusalAudit: Hashable, Sendable {
    package var time: Timestamp
    package var gateway: String
    package var epoch: String
    package var sequence: Int64
    package var reason: String
}
