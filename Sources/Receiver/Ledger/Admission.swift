package import OpenSSL
package import Wire

/// What becomes of a batch whose bytes are in order, given what the ledger holds around
/// its number. A value: the deed is `Intake`'s.
package enum Admission: Hashable, Sendable {
    case store
    case duplicate
    case refuse(Refusal)

    package init(of header: BatchHeader, digest: SHA256Digest, among neighbours: Neighbours) {
        if let held = neighbours.same {
            self = held == digest ? .duplicate : .refuse(.otherContent)
            return
        }
        // The first batch follows a batch of zeros.
        let before = header.sequence == 1 ? .zero : neighbours.before
        if let before, before != header.previous {
            self = .refuse(.followsAnother)
        } else if let expected = neighbours.previousOfNext, expected != digest {
            self = .refuse(.precedesAnother)
        } else {
            self = .store
        }
    }
}
