/// A value of JSON, CBOR or MessagePack: what they have in common.
package indirect enum Document: Hashable, Sendable {
    case null
    case flag(Bool)
    /// Finite, and at most `Number.largest`.
    case number(Number)
    /// A number that is none of ours: infinite, not a number, or too large.
    case noNumber(String)
    case text(String)
    case bytes([UInt8])
    case array([Document])
    /// In the order of the message; names may come twice.
    case object([Member])

    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: Document

        package init(_ name: String, _ value: Document) {
            self.name = name
            self.value = value
        }
    }

    /// Values in each other beyond this many are refused.
    package static let maximumDepth = 64
    /// Values of one message beyond this many are refused.
    package static let maximumValues = 65_536
}
