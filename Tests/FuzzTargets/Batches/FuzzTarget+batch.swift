internal import Core
internal import OpenSSL
internal import Receiver
internal import Wire
internal import Zstd

extension FuzzTarget {
    /// A batch as it arrives. The first byte says how much of it is made good, so that the
    /// fuzzer gets past hashes and compression: nothing; the header's hash of the body; that
    /// and the body's compression.
    static let batch = FuzzTarget("batch", maximumLength: 2_048, seeds: batchSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        switch input.choice(3) {
        case 0: try inspect(input.rest())
        case 1:
            let header = input.long()
            try inspect(assemble(header, body: input.rest()))
        default:
            let header = input.long()
            try inspect(assemble(header, body: Zstd.compress(input.rest(), level: 1)))
        }
    }

    private static let limits: ReceiverLimits = {
        var limits = ReceiverLimits()
        limits.rawBytes = 1 << 20
        return limits
    }()

    private static func inspect(_ bytes: [UInt8]) throws(Violation) {
        let inspection: Inspection
        do throws(Inspection.Fault) {
            inspection = try Inspection(bytes, from: gateway, limits: limits)
        } catch {
            try require(!error.description.isEmpty, "no reason")
            return
        }
        let (batch, header) = (inspection.batch, inspection.batch.header)
        try require(batch.bytes == bytes, "other bytes than came")
        try require(header.gateway == gateway, "of \(header.gateway)")
        try require(header.rawSize <= limits.rawBytes, "\(header.rawSize) bytes")
        let records = try must("a batch that was taken") {
            try batch.records(limit: header.rawSize)
        }
        try require(records.counts == header.counts, "other counts")
        try require(
            (records.span ?? .epoch ... .epoch) == header.from...header.to, "another span")
        try checkRoundTrip(records, isClosed: true)
        // Whoever changes a byte is found out.
        for place in [5, bytes.count / 2, bytes.count - 1] {
            var changed = bytes
            changed[place] ^= 0x40
            guard let other = try? Batch(bytes: changed) else { continue }
            try require(other.digest != batch.digest, "byte \(place) does not count")
        }
    }

    /// A header is written in this order: schema, gateway, epoch, sequence, digest of the batch
    /// before, digest of the body, and the rest.
    private static func contentOffset(_ header: [UInt8]) -> Int? {
        var reader = ByteReader(header)
        guard (try? reader.varint()) != nil, (try? reader.text()) != nil,
            (try? reader.raw(Epoch.byteCount)) != nil, (try? reader.varint()) != nil,
            (try? reader.raw(SHA256Digest.byteCount)) != nil,
            reader.remaining >= SHA256Digest.byteCount
        else { return nil }
        return header.count - reader.remaining
    }

    private static func assemble(_ header: [UInt8], body: [UInt8]) -> [UInt8] {
        var header = header
        if let place = contentOffset(header) {
            header.replaceSubrange(
                place..<place + SHA256Digest.byteCount, with: SHA256Digest(hashing: body).bytes)
        }
        var writer = ByteWriter()
        writer.raw(Array("TIDE".utf8))
        writer.byte(1)
        writer.block(header)
        writer.raw(body)
        return writer.bytes
    }
}
