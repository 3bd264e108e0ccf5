import Core
import Simulator
import Testing
import Wire

@Suite struct RecordSetTests {
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func roundTrips(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let records = Self.random(&generator)
        let decoded = try RecordSet(decoding: records.encoded(), closed: true)
        #expect(decoded == records, "seed \(seed)")
    }

    @Test(arguments: [UInt64(5), 6])
    func neverCrashesOnDamage(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let good = Self.random(&generator).encoded()
        for _ in 0..<3_000 {
            var bad = good
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bad[Int.random(in: 0..<bad.count, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            _ = try? RecordSet(decoding: bad, closed: true)
        }
    }

    @Test func refusesMoreNumbersThanABatchMayHold() {
        // A table that claims a million rows of constant columns.
        var table = ByteWriter()
        table.layout(WindowLayout(size: 1, aggregates: (1...60).map { .quantile($0 * 100) }))
        table.count(1_000_000)
        table.raw([UInt8](repeating: 0, count: 1_000_000))
        var body = ByteWriter()
        body.byte(2)
        body.block(table.bytes)
        #expect(throws: FormatError.malformed("too many numbers for one batch")) {
            try RecordSet(decoding: body.bytes, closed: false)
        }
    }

    @Test func resolvesSeriesAndOrdersWindows() {
        let layout = WindowLayout(size: 10, aggregates: [.count])
        func window(_ series: SeriesID, _ start: Int64) -> WindowRecord {
            WindowRecord(
                series: series, start: Timestamp(microseconds: start), layout: layout, flags: [],
                values: [Number(1)])
        }
        let set = RecordSet(windows: [window(9, 20), window(4, 20), window(9, 10)])
        let resolved = set.resolved { id in
            Series(stream: "s\(id)", field: "f", labels: [], unit: "")
        }
        #expect(resolved.series.map(\.stream) == ["s4", "s9"])
        #expect(resolved.windows == [window(0, 20), window(1, 10), window(1, 20)])
    }

    /// All kinds of columns: constant, decimal, double, mixed, derived.
    static func random(_ generator: inout SplitMix) -> RecordSet {
        let layouts = [
            WindowLayout(size: 10_000_000, aggregates: [.count, .sum, .mean, .min, .max]),
            WindowLayout(size: 3_600_000_000, aggregates: [.last, .quantile(9_990)]),
        ]
        var set = RecordSet()
        set.series = (0..<5).map {
            Series(
                stream: "stream", field: "field\($0)",
                labels: [.init(name: "läbel", value: "\($0)")], unit: "°C")
        }
        for layout in layouts {
            let decimal = Bool.random(using: &generator)
            for row in 0..<200 {
                let count = Number(Int.random(in: 1...9, using: &generator))
                let values = layout.aggregates.map { aggregate -> Number in
                    switch aggregate {
                    case .count: count
                    case .min where !decimal: .binary(.random(in: -1...1, using: &generator))
                    case .max where !decimal && row % 2 == 0:
                        .binary(.random(in: -1...1, using: &generator))
                    default:
                        .decimal(
                            mantissa: .random(in: -99_999...99_999, using: &generator), scale: 2)
                    }
                }
                var record = WindowRecord(
                    series: SeriesID(row / 40),
                    start: Timestamp(microseconds: Int64(row) * layout.size), layout: layout,
                    flags: row % 50 == 0 ? .partial : [], values: values)
                if let mean = layout.aggregates.firstIndex(of: .mean) {
                    record.values[mean] = .mean(count: values[0], sum: values[1])
                }
                set.windows.append(record)
            }
        }
        set.logs = (0..<20).map {
            LogRecord(
                time: Timestamp(microseconds: .random(in: 0...1_000_000, using: &generator)),
                level: UInt8($0 % 7), source: "tidegate", message: "line \($0) ü")
        }
        set.gaps = GapRecord.Cause.allCases.map {
            GapRecord(
                cause: $0, subject: "s", from: .epoch, to: .latest, count: .max, detail: "why")
        }
        return set
    }
}
