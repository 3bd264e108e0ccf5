import Core
import OpenSSL
import Testing
import Wire

/// What the first gateways wrote lies in receivers' folders and in outboxes.
@Suite struct FirstFormatTests {
    /// As commit 3b0d0d2 encoded it: four windows with flags 0, 1, 2 and 3, and a gap.
    private static let records = """
        011b02017401740343656c0101640131017401740343656c0101640132025a80dac4090500010204ff9c4a04\
        010000020080dac40901e0fd9ba80102010201000202020100040202020102ea3e0e0e0e050102c81f020202\
        0300555500005555000055550000555500005555000055550000d5e5f0003f3f3f04170101017480e0da8ebf\
        90a20680e9d48fbf90a206030164
        """
    private static let batch = """
        5449444501710109676174657761792d31070707070707070707070707070707070100000000000000000000\
        00000000000000000000000000000000000000000000c5b3e803bd27a36229cc76b6b2e4e30c12eb2e122f24\
        5601df33d2db6c4afc54920104000180e0da8ebf90a2068094e4a1bf90a20628b52ffd2492bd03009406011b\
        02017401740343656c010164013132025a80dac4090500010204ff9c4a04010000020001e0fd9ba801020102\
        010002020201000402ea3e0e0e0e050102c81f0202020300555500d5e5f0003f3f3f04170101017480e0da8e\
        bf90a20680e9d48fbf90a2060301640400771fa61858d3ba809b60ae6f9d5d
        """

    private var expected: RecordSet {
        let layout = WindowLayout(
            shape: .tumbling(size: 10_000_000),
            aggregates: [.count, .sum, .mean, .max, .quantile(9_500)])
        let start = Timestamp(microseconds: 1_763_900_000_000_000)
        let substituted = Quality(.uncertain, .substituted)
        var set = RecordSet()
        set.series = ["1", "2"].map {
            Series(stream: "t", field: "t", labels: [.init(name: "d", value: $0)], unit: "Cel")
        }
        set.windows = (0..<4).map { row in
            let count = Number(2 + row)
            let sum = Number.decimal(mantissa: 4_021 + Int64(row) * 7, scale: 2)
            let from = start + Int64(row % 2) * 10_000_000
            return WindowRecord(
                series: SeriesID(row / 2), start: from, end: from + 10_000_000, layout: layout,
                flags: row % 2 == 1 ? .partial : [], quality: row > 1 ? substituted : .good,
                values: [
                    count, sum, .mean(count: count, sum: sum),
                    .decimal(mantissa: 2_020 + Int64(row), scale: 2), .binary(Double(row) / 3),
                ])
        }
        set.gaps = [
            GapRecord(
                cause: .late, subject: "t", from: start, to: start + 1_000_000, count: 3,
                detail: "d")
        ]
        return set
    }

    @Test func recordsAreRead() throws {
        let bytes = try #require(Hex.decode(Self.records))
        #expect(try RecordSet(decoding: bytes, closed: true) == expected)
    }

    @Test func batchesAreRead() throws {
        let batch = try Batch(bytes: #require(Hex.decode(Self.batch)))
        #expect(batch.header.schema == 1)
        #expect(batch.header.counts == RecordCounts(windows: 4, gaps: 1))
        #expect(try batch.records(limit: 1 << 20) == expected)
        // It is chained by its very bytes.
        #expect(batch.digest == SHA256Digest(hashing: batch.bytes))
    }

    /// What the first gateways had no word for.
    @Test(arguments: [Aggregate.range, .durationInState(1)])
    func nothingElseIsRead(aggregate: Aggregate) {
        var table = ByteWriter()
        table.signed(10)
        table.count(1)
        table.aggregate(aggregate)
        table.raw([UInt8](repeating: 0, count: 20))
        var body = ByteWriter()
        body.byte(2)
        body.block(table.bytes)
        #expect(
            throws: FormatError.malformed(
                "\(aggregate.name) in a window of schema 1, or twice")
        ) { try RecordSet(decoding: body.bytes, closed: false) }
    }
}
