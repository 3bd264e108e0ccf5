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

/// What the ledger holds around a batch's number; `nil` where it holds nothing yet.
package struct Neighbours: Hashable, Sendable {
    /// The digest of the batch before.
    package var before: SHA256Digest?
    /// The digest of the batch of the same number.
    package var same: SHA256Digest?
    /// What the next batch states as the digest of the one before it.
    package var previousOfNext: SHA256Digest?

    package init(
        before: SHA256Digest? = nil, same: SHA256Digest? = nil, previousOfNext: SHA256Digest? = nil
    ) {
        self.before = before
        self.same = same
        self.previousOfNext = previousOfNext
    }
}
