package import Core
package import OpenSSL

/// What a batch says of itself, readable without decompressing anything.
package struct BatchHeader: Hashable, Sendable {
    package var gateway: String
    package var epoch: Epoch
    /// From 1, without a hole.
    package var sequence: UInt64
    /// Of the whole batch before this one; zeros for the first.
    package var previous: SHA256Digest
    /// Of the compressed body.
    package var content: SHA256Digest
    /// Bytes of the body decompressed.
    package var rawSize: Int
    package var counts: RecordCounts
    package var from: Timestamp
    package var to: Timestamp
    package var schema = currentSchema

    /// 1 knew no events and no samples, and windows that were tumbling ones alone.
    package static let currentSchema: UInt64 = 2

    package init(
        gateway: String, epoch: Epoch, sequence: UInt64, previous: SHA256Digest,
        content: SHA256Digest, rawSize: Int, counts: RecordCounts, from: Timestamp, to: Timestamp
    ) {
        self.gateway = gateway
        self.epoch = epoch
        self.sequence = sequence
        self.previous = previous
        self.content = content
        self.rawSize = rawSize
        self.counts = counts
        self.from = from
        self.to = to
    }

    func encode(into writer: inout ByteWriter) {
        writer.varint(schema)
        writer.text(gateway)
        writer.raw(epoch.bytes)
        writer.varint(sequence)
        writer.raw(previous.bytes)
        writer.raw(content.bytes)
        writer.count(rawSize)
        for count in [counts.windows, counts.logs, counts.gaps] { writer.count(count) }
        if schema > 1 {
            for count in [counts.events, counts.samples] { writer.count(count) }
        }
        writer.time(from)
        writer.time(to)
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        schema = try reader.varint()
        guard schema <= Self.currentSchema else { throw .unknownVersion(schema) }
        guard schema > 0 else { throw .malformed("a batch of schema 0") }
        gateway = try reader.text()
        guard let epoch = Epoch(bytes: Array(try reader.raw(Epoch.byteCount))) else {
            throw .endOfBytes
        }
        self.epoch = epoch
        sequence = try reader.varint()
        guard sequence > 0 else { throw .malformed("a batch of number 0") }
        previous = try Self.digest(&reader)
        content = try Self.digest(&reader)
        rawSize = try Self.size(&reader)
        counts = RecordCounts(
            windows: try Self.size(&reader), logs: try Self.size(&reader),
            gaps: try Self.size(&reader))
        if schema > 1 {
            counts.events = try Self.size(&reader)
            counts.samples = try Self.size(&reader)
        }
        from = try reader.time()
        to = try reader.time()
    }

    private static func digest(_ reader: inout ByteReader) throws(FormatError) -> SHA256Digest {
        guard let digest = SHA256Digest(bytes: Array(try reader.raw(SHA256Digest.byteCount)))
        else { throw .endOfBytes }
        return digest
    }

    private static func size(_ reader: inout ByteReader) throws(FormatError) -> Int {
        let value = try reader.varint()
        // Far beyond any limit, and may be added up.
        guard value <= 1 << 40 else { throw .malformed("a size of \(value)") }
        return Int(value)
    }
}
