package import Core
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
    /// - Parameter amended: by their places, the windows that were amended on the way out, and
    ///   which of their values could not be.
    func lines(
        of records: RecordSet, amended: [Int: [Aggregate]], from source: RecordSource
    ) -> [UInt8]
}

extension RecordText {
    /// Of records as they came.
    package func lines(of records: RecordSet, from source: RecordSource) -> [UInt8] {
        lines(of: records, amended: [:], from: source)
    }
}

extension WindowRecord {
    /// - Parameter isAmended: on the way out.
    package func flagNames(isAmended: Bool) -> [String] {
        flags.names + (isAmended ? ["amended"] : [])
    }
}
