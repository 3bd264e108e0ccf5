package import Core
package import OpenSSL
internal import Zstd

/// Sealed records: numbered, chained to the batch before, compressed, never changed again.
package struct Batch: Hashable, Sendable {
    package let header: BatchHeader
    /// All of it, as it is stored and shipped.
    package let bytes: [UInt8]
    /// Where the compressed body begins in `bytes`.
    private let bodyStart: Int

    private static let magic: [UInt8] = Array("TIDE".utf8)
    private static let version: UInt8 = 1
    /// A header is a few hundred bytes.
    private static let maximumHeader = 4_096
    private static let compressionLevel: Int32 = 9

    package var digest: SHA256Digest { SHA256Digest(hashing: bytes) }

    /// Seals records.
    ///
    /// - Parameter records: complete with their series.
    package init(
        sealing records: RecordSet, gateway: String, epoch: Epoch, sequence: UInt64,
        previous: SHA256Digest
    ) {
        let raw = records.encoded()
        let body = Zstd.compress(raw, level: Self.compressionLevel)
        let span = records.span ?? .epoch ... .epoch
        header = BatchHeader(
            gateway: gateway, epoch: epoch, sequence: sequence, previous: previous,
            content: SHA256Digest(hashing: body), rawSize: raw.count, counts: records.counts,
            from: span.lowerBound, to: span.upperBound)
        var fields = ByteWriter()
        header.encode(into: &fields)
        var writer = ByteWriter()
        writer.raw(Self.magic)
        writer.byte(Self.version)
        writer.block(fields.bytes)
        bodyStart = writer.bytes.count
        writer.raw(body)
        bytes = writer.bytes
    }

    /// Reads the header and checks the body's hash; decompresses nothing.
    ///
    /// - Throws: `FormatError` for bytes that are no whole batch.
    package init(bytes: [UInt8]) throws(FormatError) {
        var reader = ByteReader(bytes)
        guard Array(try reader.raw(Self.magic.count)) == Self.magic else {
            throw .malformed("not a batch: does not begin with TIDE")
        }
        let version = try reader.byte()
        guard version == Self.version else { throw .unknownVersion(UInt64(version)) }
        let fields = try reader.block()
        guard fields.count <= Self.maximumHeader else {
            throw .malformed("a header of \(fields.count) bytes")
        }
        var fieldReader = ByteReader(fields)
        header = try BatchHeader(from: &fieldReader)
        try fieldReader.expectEnd()
        bodyStart = bytes.count - reader.remaining
        self.bytes = bytes
        guard SHA256Digest(hashing: Array(bytes[bodyStart...])) == header.content else {
            throw .malformed("the body does not have the hash that the header states")
        }
    }

    /// Decompresses and decodes the body, and compares it with the header.
    ///
    /// - Parameter limit: bytes decompressed.
    package func records(limit: Int) throws(FormatError) -> RecordSet {
        guard header.rawSize <= limit else {
            throw .malformed("\(header.rawSize) bytes decompressed, more than \(limit)")
        }
        let raw: [UInt8]
        do {
            raw = try Zstd.decompress(Array(bytes[bodyStart...]), limit: limit)
        } catch {
            throw .malformed(error.description)
        }
        guard raw.count == header.rawSize else {
            throw .malformed("\(raw.count) bytes decompressed where the header states others")
        }
        let records = try RecordSet(decoding: raw, closed: true)
        guard records.counts == header.counts else {
            throw .malformed("other counts of records than the header states")
        }
        return records
    }
}
