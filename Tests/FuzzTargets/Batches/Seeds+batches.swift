internal import Core
internal import OpenSSL
internal import Wire
internal import Zstd

extension FuzzTarget {
    /// Record sets that together have every kind of section and column.
    private static var samples: [(name: String, records: RecordSet)] {
        let start = Timestamp(microseconds: 1_763_932_770_000_000)
        let series = (0..<3).map { index in
            Series(
                stream: "temperature", field: index == 0 ? "temperature" : "h\(index)",
                labels: [.init(name: "läbel", value: "tc \"\(index)\"")], unit: "°C")
        }
        func windows(_ aggregates: [Aggregate], _ value: (Int, Aggregate) -> Number) -> RecordSet {
            let layout = WindowLayout(size: 10_000_000, aggregates: aggregates)
            return RecordSet(
                series: series,
                windows: (0..<6).map { row in
                    WindowRecord(
                        series: SeriesID(row / 2), start: start + Int64(row) * layout.size,
                        layout: layout, flags: row == 3 ? .partial : [],
                        values: aggregates.map { value(row, $0) })
                })
        }
        let decimals = windows([.count, .sum, .min, .max, .last, .quantile(9_500)]) { row, _ in
            .decimal(mantissa: Int64(2_000 + row * row), scale: 2)
        }
        let logs = (0..<3).map {
            LogRecord(
                time: start + Int64($0), level: UInt8($0 + 2), source: "session",
                message: "line \($0)\n\"ü\"")
        }
        let gaps = GapRecord.Cause.allCases.map { cause in
            GapRecord(
                cause: cause, subject: "temperature", from: start, to: start + 1_500_000,
                count: UInt64(cause.rawValue), detail: "why")
        }
        var all = decimals
        all.logs = logs
        all.gaps = gaps
        return [
            ("empty", RecordSet()), ("decimals", decimals),
            ("constant", windows([.count, .first]) { _, _ in Number(10) }),
            ("doubles", windows([.max]) { row, _ in .binary(Double(row) / 3) }),
            (
                "mixed",
                windows([.min, .standardDeviation]) { row, _ in
                    row % 2 == 0 ? .binary(0.1) : .decimal(mantissa: .max, scale: 18)
                }
            ),
            (
                "mean",
                windows([.count, .sum, .mean]) { _, aggregate in
                    aggregate == .mean
                        ? .mean(count: Number(4), sum: Number(4)) : Number(4)
                }
            ),
            ("logs", RecordSet(logs: logs)), ("gaps", RecordSet(gaps: gaps)), ("all", all),
            (
                "span",
                RecordSet(gaps: [
                    GapRecord(
                        cause: .late, subject: "", from: .epoch, to: .latest, count: .max,
                        detail: "")
                ])
            ),
        ]
    }

    static var recordSeeds: [FuzzSeed] {
        let closed = samples.map { FuzzSeed($0.name, [1] + $0.records.encoded()) }
        let open = samples.filter { !$0.records.windows.isEmpty }.map { sample in
            FuzzSeed(
                "open-\(sample.name)",
                [0] + RecordSet(windows: sample.records.windows).encoded())
        }
        return closed + open + [
            FuzzSeed("meaningless-mean", [0] + table(.mean)),
            FuzzSeed("many-rows", [0] + table(.count)),
        ]
    }

    /// Rows that differ in nothing, of which a table may claim any number.
    private static func table(_ aggregate: Aggregate) -> [UInt8] {
        var writer = ByteWriter()
        let aggregates = aggregate == .mean ? [.count, .sum, .mean] : [aggregate]
        writer.layout(WindowLayout(size: .max, aggregates: aggregates))
        writer.count(9)
        // Series, unit, starts, flags; then zeros.
        writer.raw([0, 0, 2, 0, 0, 0, 0])
        for aggregate in aggregates { writer.raw(aggregate == .mean ? [5] : [0, 0, 0]) }
        var body = ByteWriter()
        body.byte(2)
        body.block(writer.bytes)
        return body.bytes
    }

    static var batchSeeds: [FuzzSeed] {
        var seeds: [FuzzSeed] = []
        for (name, records) in samples {
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
        writer.varint(1)
        writer.text(gateway)
        writer.raw(epoch.bytes)
        writer.varint(1)
        writer.raw([UInt8](repeating: 0, count: 2 * SHA256Digest.byteCount))
        writer.count(rawSize)
        for _ in 0..<5 { writer.varint(0) }
        return writer.bytes
    }
}
