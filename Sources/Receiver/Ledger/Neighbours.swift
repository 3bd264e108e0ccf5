package import OpenSSL

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
