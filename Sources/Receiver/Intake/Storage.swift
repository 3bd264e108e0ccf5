package import Wire

/// Where the receiver keeps things.
package struct Storage: Hashable, Sendable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    package var ledger: String { "\(folder)/ledger.sqlite" }
    var lock: String { "\(folder)/lock" }

    /// From the outermost to the one that holds the batches of an epoch.
    func folders(of gateway: String, _ epoch: Epoch) -> [String] {
        [
            folder, "\(folder)/batches", "\(folder)/batches/\(gateway)",
            "\(folder)/batches/\(gateway)/\(epoch)",
        ]
    }

    /// A file name has room for twelve digits: thirty thousand years of a batch a second.
    package static let highestSequence: UInt64 = 999_999_999_999

    package func batch(_ gateway: String, _ epoch: Epoch, _ sequence: UInt64) -> String {
        let digits = String(sequence)
        let name = String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
        return "\(folder)/batches/\(gateway)/\(epoch)/\(name).tide"
    }
}
