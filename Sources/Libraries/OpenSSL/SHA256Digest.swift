internal import COpenSSL

/// A SHA-256 digest (FIPS 180-4), 32 bytes.
package struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 32
    package let bytes: [UInt8]

    /// `nil` unless there are exactly 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    package init(hashing content: some Sequence<[UInt8]>) {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        var done = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        for part in content where done {
            done = EVP_DigestUpdate(context, part, part.count) == 1
        }
        done = done && EVP_DigestFinal_ex(context, &digest, nil) == 1
        // SHA-256 of memory fails only where OpenSSL itself cannot run.
        precondition(done, "OpenSSL offers no SHA-256")
        bytes = digest
    }

    package init(hashing content: [UInt8]) { self.init(hashing: CollectionOfOne(content)) }

    /// What stands in the first batch of a chain for the batch before it.
    package static let zero = SHA256Digest(bytes: [UInt8](repeating: 0, count: byteCount))!

    package var description: String { Hex.encode(bytes) }
}
