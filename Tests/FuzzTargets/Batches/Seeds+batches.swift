internal import Core
internal import OpenSSL
internal import Wire
internal import Zstd

extension FuzzTarget {
    static var recordSeeds: [FuzzSeed] {
        let closed = recordSamples.map { FuzzSeed($0.name, [1] + $0.records.encoded()) }
        let open = recordSamples.filter { !$0.records.series.isEmpty }.map { sample in
            var records = sample.records
            records.series = []
            return FuzzSeed("open-\(sample.name)", [0] + records.encoded())
        }
        return closed + open + [
            FuzzSeed("meaningless-mean", [0] + table(.mean)),
            FuzzSeed("many-rows", [0] + table(.count)),
            FuzzSeed("first", [1] + first),
        ]
    }

    /// Rows that differ in nothing, of which a table may claim any number.
    private static func table(_ aggregate: Aggregate) -> [UInt8] {
        var writer = ByteWriter()
        let aggregates = aggregate == .mean ? [.count, .sum, .mean] : [aggregate]
        writer.layout(WindowLayout(shape: .tumbling(size: 10), aggregates: aggregates))
        writer.count(9)
        // Series; starts, ends; revisions, flags, levels, reasons; then zeros.
        writer.raw([0, 0, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        for aggregate in aggregates { writer.raw(aggregate == .mean ? [5] : [0, 0, 0]) }
        return section(5, writer)
    }

    private static func section(_ kind: UInt8, _ content: ByteWriter) -> [UInt8] {
        var body = ByteWriter()
        body.byte(kind)
        body.block(content.bytes)
        return body.bytes
    }

    /// A series and a table of schema 1: the size, the aggregates, two rows; series, unit and
    /// starts, flags; counts.
    private static var first: [UInt8] {
        var series = ByteWriter()
        series.count(1)
        series.series(Series(stream: "t", field: "t", labels: [], unit: ""))
        var table = ByteWriter()
        table.signed(10)
        table.count(1)
        table.aggregate(.count)
        table.count(2)
        table.raw([0, 0, 20, 1, 0, 2, 1, 2, 2, 0, 0, 6])
        return section(1, series) + section(2, table)
    }

    static var batchSeeds: [FuzzSeed] {
        var seeds: [FuzzSeed] = []
        for (name, records) in recordSamples {
            let batch = seal(records)
            seeds.append(FuzzSeed(name, [0] + batch.bytes))
            // "TIDE", the version, the header's length in one or two bytes, the header.
            var reader = ByteReader(Array(batch.bytes.dropFirst(5)))
            guard let header = try? reader.block() else { continue }
            var output = FuzzOutput()
            output.byte(2)
            output.long(Array(header))
            output.raw(records.encoded())
            seeds.append(FuzzSeed("raw-\(name)", output.bytes))
        }
        return seeds + bombs
    }

    /// Little on the wire, much in memory.
    private static var bombs: [FuzzSeed] {
        let frames = [
            ("bomb", Zstd.compress([UInt8](repeating: 0, count: 8 << 20), level: 19)),
            // A frame that states 2^62 bytes: magic, descriptor, size, an empty last block.
            (
                "bomb-stated",
                [0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 0, 0]
            ),
            // Skippable frames hold nothing, and state nothing.
            ("skippable", [0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]),
            ("no-frame", Array("not zstd".utf8)), ("nothing", []),
        ]
        return frames.map { name, frame in
            var output = FuzzOutput()
            output.byte(1)
            output.long(header(rawSize: 1 << 19))
            output.raw(frame)
            return FuzzSeed(name, output.bytes)
        }
    }

    private static func header(rawSize: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.varint(2)
        writer.text(gateway)
        writer.raw(epoch.bytes)
        writer.varint(1)
        writer.raw([UInt8](repeating: 0, count: 2 * SHA256Digest.byteCount))
        writer.count(rawSize)
        for _ in 0..<7 { writer.varint(0) }
        return writer.bytes
    }
}
