/// Why a well-formed batch of the right gateway is not taken: two histories claim one
/// epoch, as after a store was copied or put back from a backup.
package enum Refusal: Hashable, Sendable, CustomStringConvertible {
    case otherContent
    case followsAnother
    case precedesAnother

    package var description: String {
        let what =
            switch self {
            case .otherContent: "a batch of this number with other content is held already"
            case .followsAnother: "the batch held before it is not the one that it follows"
            case .precedesAnother: "the batch held after it follows another one"
            }
        return "\(what): two stores write one epoch (was a store copied or restored?)"
    }
}
