/// The order of a value's bytes. Modbus registers are words of two bytes, big-endian each
/// (Modbus Application Protocol 1.1b3, section 4.2), but nothing orders the words of a
/// larger value. `A` is the most significant byte.
package enum BinaryOrder: String, CaseIterable, Hashable, Sendable {
    case big = "ABCD"
    case little = "DCBA"
    /// Big-endian words, the least significant one first.
    case bigSwapped = "CDAB"
    /// Little-endian words, the most significant one first.
    case littleSwapped = "BADC"

    /// Which byte of `size` is the one at `place`, counted from the most significant.
    func index(of place: Int, size: Int) -> Int {
        guard size > 1 else { return 0 }
        return switch self {
        case .big: place
        case .little: size - 1 - place
        case .bigSwapped: (size / 2 - 1 - place / 2) * 2 + place % 2
        case .littleSwapped: place ^ 1
        }
    }
}
