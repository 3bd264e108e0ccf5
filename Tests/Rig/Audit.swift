/// What `tidegate-receiver audit --json` says.
package struct Audit: Decodable, Sendable {
    package struct Gateway: Decodable, Sendable {
        package let gateway: String
        package let epochs: [Epoch]
    }

    package struct Epoch: Decodable, Sendable {
        package let epoch: String
        package let batches: Int
        package let duplicates: Int
        package let conflicts: Int
        package let records: [String: Int]
        package let bytesWire: Int
        package let gaps: [Gap]

        private enum CodingKeys: String, CodingKey {
            case epoch, batches, duplicates, conflicts, records, gaps
            case bytesWire = "bytes_wire"
        }
    }

    /// Gap records of one cause in an epoch.
    package struct Gap: Decodable, Sendable {
        package let cause: String
        package let records: Int
        package let count: Int
    }

    package let gateways: [Gateway]

    package var epochs: [Epoch] { gateways.flatMap(\.epochs) }
    package var batches: Int { epochs.reduce(0) { $0 + $1.batches } }
    package var duplicates: Int { epochs.reduce(0) { $0 + $1.duplicates } }
    /// What gap records of this cause count.
    package func lost(_ cause: String) -> Int {
        epochs.flatMap(\.gaps).filter { $0.cause == cause }.reduce(0) { $0 + $1.count }
    }
    package var windows: Int { epochs.reduce(0) { $0 + ($1.records["window"] ?? 0) } }
    package var bytesWire: Int { epochs.reduce(0) { $0 + $1.bytesWire } }
}
