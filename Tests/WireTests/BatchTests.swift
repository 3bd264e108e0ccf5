import Core
import OpenSSL
import Simulator
import Testing
import Wire

@Suite struct BatchTests {
    private func batch(seed: UInt64 = 1, sequence: UInt64 = 1) -> Batch {
        var generator = SplitMix(seed: seed)
        let epoch = Epoch(using: &generator)
        return Batch(
            sealing: RecordSet.random(&generator), gateway: "gateway-1", epoch: epoch,
            sequence: sequence, previous: .zero)
    }

    @Test func opensAgain() throws {
        let sealed = batch()
        let opened = try Batch(bytes: sealed.bytes)
        #expect(opened == sealed)
        var generator = SplitMix(seed: 1)
        _ = Epoch(using: &generator)
        let records = try opened.records(limit: 1 << 20)
        #expect(records.normalized == RecordSet.random(&generator).normalized)
    }

    @Test func sealingTwiceGivesTheSameBytes() {
        #expect(batch().bytes == batch().bytes)
        #expect(batch().digest != batch(sequence: 2).digest)
    }

    /// Whatever byte is touched, the batch is refused, or it is no longer the same batch.
    @Test func noByteCanBeTouched() {
        let good = batch()
        for index in good.bytes.indices {
            var bad = good.bytes
            bad[index] ^= 0x10
            guard let opened = try? Batch(bytes: bad) else { continue }
            #expect(opened.digest != good.digest)
            #expect(opened.header != good.header)
        }
        for length in [0, 3, 10, 100, good.bytes.count - 1] {
            #expect(throws: FormatError.self) { try Batch(bytes: Array(good.bytes.prefix(length))) }
        }
    }

    @Test func refusesMoreThanTheLimitBeforeDecompressing() throws {
        let opened = try Batch(bytes: batch().bytes)
        #expect(throws: FormatError.self) { try opened.records(limit: opened.header.rawSize - 1) }
    }

    /// An older receiver says this of ours, and the gateway keeps the batch.
    @Test func aNewerSchemaIsToldFromDamage() throws {
        var bytes = batch().bytes
        // Behind magic, version and the byte of the header's length.
        #expect(bytes[6] == 2)
        bytes[6] = 3
        #expect(throws: FormatError.unknownVersion(3)) { try Batch(bytes: bytes) }
        bytes[6] = 0
        #expect(throws: FormatError.malformed("a batch of schema 0")) { try Batch(bytes: bytes) }
    }

    @Test(arguments: [
        ("gateway-1", true), ("", false), ("..", false), ("a/b", false), (".hidden", false),
        (String(repeating: "a", count: 65), false), ("Press.Hall_3", true), ("ü", false),
    ])
    func namesAreSafeAsFolders(name: String, isValid: Bool) {
        #expect(GatewayName.isValid(name) == isValid)
    }

    /// Two hundred sensors that walk in hundredths, ten readings a window: the size that
    /// issue and benchmark speak of, here without broker and network.
    @Test func aWindowTakesAtMostSixBytes() {
        var generator = SplitMix(seed: 42)
        let layout = WindowLayout(
            shape: .tumbling(size: 10_000_000),
            aggregates: [.count, .sum, .min, .max, .last, .quantile(9_500)])
        var set = RecordSet()
        for series in 0..<200 {
            set.series.append(
                Series(
                    stream: "temperature", field: "temperature",
                    labels: [
                        .init(name: "line", value: "1"),
                        .init(name: "device", value: "dev-\(series)"),
                    ],
                    unit: "Cel"))
            var walk = Int64.random(in: 1_500...3_000, using: &generator)
            for window in 0..<100 {
                let readings = (0..<10).map { _ -> Int64 in
                    walk += .random(in: -5...5, using: &generator)
                    return walk
                }
                let values = [
                    readings.reduce(0, +), readings.min()!, readings.max()!, readings[9],
                    readings.sorted()[9],
                ]
                let start = Timestamp(
                    microseconds: 1_763_900_000_000_000 + Int64(window) * 10_000_000)
                set.windows.append(
                    WindowRecord(
                        series: SeriesID(series), start: start, end: start + 10_000_000,
                        layout: layout,
                        values: [Number(10)] + values.map { .decimal(mantissa: $0, scale: 2) }))
            }
        }
        let batch = Batch(
            sealing: set, gateway: "gateway-1", epoch: Epoch(using: &generator), sequence: 1,
            previous: .zero)
        let perWindow = Double(batch.bytes.count) / Double(set.windows.count)
        #expect(perWindow <= 6, "\(perWindow) bytes a window, \(batch.header.rawSize) raw")
    }
}
