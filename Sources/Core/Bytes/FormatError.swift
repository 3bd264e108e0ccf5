/// Bytes that are not what they should be.
package enum FormatError: Error, Hashable, Sendable, CustomStringConvertible {
    case endOfBytes
    case malformed(String)
    /// Written by a newer version of Tidegate.
    case unknownVersion(UInt64)

    package var description: String {
        switch self {
        case .endOfBytes: "ends too early"
        case .malformed(let what): what
        case .unknownVersion(let version):
            "format version \(version) is newer than this program; update it"
        }
    }
}
