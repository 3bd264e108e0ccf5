package import Wire

/// Where exported records come from.
package struct RecordSource: Hashable, Sendable {
    package let gateway: String
    package let epoch: Epoch
    package let sequence: UInt64

    package init(gateway: String, epoch: Epoch, sequence: UInt64) {
        self.gateway = gateway
        self.epoch = epoch
        self.sequence = sequence
    }
}

/// Records as text of some format.
package protocol RecordText {
    /// What stands before all records.
    func heading() -> [UInt8]
    func lines(of records: RecordSet, from source: RecordSource) -> [UInt8]
}
