internal import Core
internal import Export
internal import Simulator
internal import Testing
internal import Wire

/// Revisions, early results and amendments become one window.
@Suite struct WindowMergeTests {
    private static let series = Series(stream: "t", field: "t", labels: [], unit: "Cel")
    private static let plain = WindowLayout(
        shape: .tumbling(size: 10_000_000), aggregates: [.count, .sum, .mean, .min, .max])

    private static func window(
        _ start: Int64, _ revision: UInt32 = 0, _ flags: WindowRecord.Flags = [],
        layout: WindowLayout = plain, of values: [Number?]
    ) -> WindowRecord {
        let start = Timestamp(microseconds: start * 10_000_000)
        return WindowRecord(
            series: 0, start: start, end: start + 10_000_000, layout: layout, revision: revision,
            flags: flags, values: values)
    }

    private static func source(_ number: Int) -> RecordSource {
        RecordSource(
            gateway: "gateway-1", epoch: Epoch("00112233445566778899aabbccddeeff")!,
            sequence: UInt64(number))
    }

    private struct Exported {
        var windows: [WindowRecord] = []
        var unmerged: [[Aggregate]?] = []
        var strays: [WindowRecord] = []
    }

    /// As the exporter does it, a batch for each list.
    private static func export(
        _ batches: [[WindowRecord]], series: [Series] = [series]
    ) -> Exported {
        var merge = WindowMerge()
        for (number, windows) in batches.enumerated() {
            merge.note(RecordSet(series: series, windows: windows), from: source(number + 1))
        }
        var exported = Exported()
        for windows in batches {
            let (records, amended) = merge.merged(RecordSet(series: series, windows: windows))
            exported.windows += records.windows
            exported.unmerged += records.windows.indices.map { amended[$0] }
        }
        exported.strays = merge.strays.flatMap(\.records.windows)
        return exported
    }

    private static func values(_ readings: [Int64]) -> [Number?] {
        let sum = Number.decimal(mantissa: readings.reduce(0, +), scale: 1)
        let count = Number(readings.count)
        return [
            count, sum, .mean(count: count, sum: sum),
            readings.min().map { .decimal(mantissa: $0, scale: 1) },
            readings.max().map { .decimal(mantissa: $0, scale: 1) },
        ]
    }

    @Test func theHighestRevisionStays() {
        let early = Self.window(1, 0, .early, of: Self.values([10]))
        let first = Self.window(1, 1, of: Self.values([10, 20]))
        let second = Self.window(1, 2, of: Self.values([10, 20, 5]))
        let other = Self.window(2, of: Self.values([1]))
        let exported = Self.export([[early, other], [second], [first]])
        #expect(exported.windows == [other, second])
        #expect(exported.unmerged == [nil, nil])
        // While the window is open, its newest early result is all there is.
        #expect(Self.export([[early, other]]).windows == [early, other])
    }

    /// The count of early results is lost when a store goes back to an older state.
    @Test func aResultIsWorthMoreThanAnEarlyOne() {
        let early = Self.window(1, 5, .early, of: Self.values([10]))
        let result = Self.window(1, 3, of: Self.values([10, 20]))
        #expect(Self.export([[early], [result]]).windows == [result])
    }

    @Test func amendmentsAreAdded() {
        let layout = WindowLayout(
            shape: .tumbling(size: 10_000_000),
            aggregates: [
                .count, .sum, .mean, .min, .max, .range, .countBad, .worstQuality,
                .standardDeviation, .variance, .first, .quantile(9_500),
            ])
        // 2, 4, 4, 4, 5, 5, 7, 9: a sum of squared deviations of 32.
        func of(_ readings: [Double], bad: Int, worst: Int, p95: Number?) -> [Number?] {
            let mean = readings.reduce(0, +) / Double(readings.count)
            let squares = readings.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let variance = readings.count > 1 ? squares / Double(readings.count - 1) : 0
            let sum = Number(Int(readings.reduce(0, +)))
            let count = Number(readings.count)
            let (min, max) = (Number(Int(readings.min() ?? 0)), Number(Int(readings.max() ?? 0)))
            return [
                count, sum, .mean(count: count, sum: sum), min, max, max - min, Number(bad),
                Number(worst), Number(variance.squareRoot(), roundedTo: 6),
                Number(variance, roundedTo: 6), Number(Int(readings[0])), p95,
            ]
        }
        var window = Self.window(
            3, layout: layout, of: of([2, 4, 4, 4], bad: 1, worst: 0, p95: Number(4)))
        window.quality = Quality(.uncertain, .stuck)
        var amendment = Self.window(
            3, 0, .amendment, layout: layout, of: of([5, 5, 7], bad: 2, worst: 2, p95: Number(7)))
        amendment.quality = Quality(.bad, .jump)
        let second = Self.window(
            3, 0, .amendment, layout: layout, of: of([9], bad: 0, worst: 0, p95: nil))
        let exported = Self.export([[amendment], [window], [second]])
        var expected = window
        expected.values = of(
            [2, 4, 4, 4, 5, 5, 7, 9], bad: 3, worst: 2, p95: Number(4))
        expected.quality = Quality(.bad, [.stuck, .jump, .late])
        // The deviations were rounded before they came: their last digit may be off.
        for place in [8, 9] {
            let value = exported.windows[0].values[place]
            let error = (value?.double ?? 0) - (expected.values[place]?.double ?? 1)
            #expect(value?.scale == 6 && error.magnitude < 1.5e-6, "\(error)")
            expected.values[place] = value
        }
        #expect(exported.windows.map(\.values) == [expected.values])
        #expect(exported.windows.map(\.quality) == [expected.quality])
        #expect(exported.unmerged == [[.first, .quantile(9_500)]])
        #expect(exported.strays.isEmpty)
    }

    /// Of bad readings alone, or to a window of nothing: what one of them has no value of
    /// needs no adding.
    @Test func nothingIsAddedToNothing() {
        let layout = WindowLayout(
            shape: .tumbling(size: 10_000_000), aggregates: [.count, .sum, .mean, .last, .countBad])
        let some: [Number?] = [Number(2), Number(6), .binary(3), Number(4), Number(0)]
        let none: [Number?] = [Number(0), Number(0), nil, nil, Number(1)]
        let both: [Number?] = [Number(2), Number(6), .binary(3), Number(4), Number(1)]
        for (window, amendment) in [(some, none), (none, some)] {
            let exported = Self.export([
                [
                    Self.window(1, layout: layout, of: window),
                    Self.window(1, 0, .amendment, layout: layout, of: amendment),
                ]
            ])
            #expect(exported.windows.map(\.values) == [both])
            #expect(exported.unmerged == [[]])
        }
    }

    /// Deviations without the sum that they are about can't be merged.
    @Test func whatIsMadeOfWhatIsNotThereIsSaid() {
        let layout = WindowLayout(
            shape: .session(gap: 1), aggregates: [.standardDeviation, .count, .range, .max])
        let values: [Number?] = [Number(1), Number(2), Number(3), Number(9)]
        let exported = Self.export([
            [
                Self.window(1, layout: layout, of: values),
                Self.window(1, 0, .amendment, layout: layout, of: values),
            ]
        ])
        #expect(exported.windows.map(\.values) == [[Number(1), Number(4), Number(3), Number(9)]])
        #expect(exported.unmerged == [[.standardDeviation, .range]])
    }

    @Test func amendmentsWithoutTheirWindowAreExportedByThemselves() {
        let amendment = Self.window(1, 0, .amendment, of: Self.values([3]))
        let again = Self.window(1, 0, .amendment, of: Self.values([4]))
        let other = Self.window(2, of: Self.values([1]))
        let exported = Self.export([[amendment], [other, again]])
        #expect(exported.windows == [other])
        #expect(exported.strays == [amendment, again])
    }

    /// The stream's configuration changed, and the same window began anew: each part has
    /// readings of its own.
    @Test func partsStandBesideOneAnother() {
        let early = Self.window(1, 0, .early, of: Self.values([1]))
        let part = Self.window(1, 1, .partial, of: Self.values([1, 2]))
        let rest = Self.window(1, of: Self.values([3]))
        let amendment = Self.window(1, 0, .amendment, of: Self.values([4]))
        let exported = Self.export([[early, part], [rest], [amendment]])
        #expect(exported.windows.map(\.flags) == [.partial, []])
        #expect(exported.windows.map { $0.values[0] } == [Number(3), Number(1)])
        // Between the parts: the second one's early result does not give way to the first's.
        let second = Self.window(1, 1, .early, of: Self.values([3]))
        #expect(Self.export([[early, part], [second]]).windows == [part, second])
    }

    /// Windows of different series, layouts and starts have nothing to do with each other.
    @Test func onlyItsOwnWindowIsAmended() {
        let session = WindowLayout(shape: .session(gap: 5), aggregates: Self.plain.aggregates)
        let series = [Self.series, Series(stream: "u", field: "u", labels: [], unit: "")]
        var elsewhere = Self.window(1, of: Self.values([1]))
        elsewhere.series = 1
        let untouched = [
            elsewhere, Self.window(2, of: Self.values([1])),
            Self.window(1, layout: session, of: Self.values([1])),
        ]
        let own = Self.window(1, of: Self.values([1]))
        let amendment = Self.window(1, 0, .amendment, of: Self.values([2]))
        let exported = Self.export([untouched + [own], [amendment]], series: series)
        #expect(Array(exported.windows.prefix(3)) == untouched)
        #expect(exported.unmerged == [nil, nil, nil, []])
        #expect(exported.windows[3].values == Self.values([1, 2]))
    }

    /// Readings are drawn, and made known in revisions, early results and amendments that come
    /// in any batches and any order. The model: the readings themselves.
    @Test(arguments: [UInt64(11), 12, 13, 14, 15, 16])
    func equalsWhatTheReadingsSay(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var records: [WindowRecord] = []
        var truth: [Int64: [Int64]] = [:]
        var orphans: [Int64: [[Int64]]] = [:]
        for start in Int64(0)..<60 {
            func draw(_ count: ClosedRange<Int>) -> [Int64] {
                (0..<Int.random(in: count, using: &generator)).map { _ in
                    .random(in: -999...999, using: &generator)
                }
            }
            var readings = draw(1...6)
            let isOrphan = start % 10 == 9
            if !isOrphan {
                let revisions = UInt32.random(in: 0...3, using: &generator)
                let early = UInt32.random(in: 0...revisions, using: &generator)
                for revision in 0...revisions {
                    if revision > 0 { readings += draw(1...3) }
                    records.append(
                        Self.window(
                            start, revision, revision < early ? .early : [],
                            of: Self.values(readings)))
                }
                truth[start] = readings
            }
            for _ in 0..<Int.random(in: isOrphan ? 1...2 : 0...2, using: &generator) {
                let late = draw(1...3)
                records.append(Self.window(start, 0, .amendment, of: Self.values(late)))
                if isOrphan {
                    orphans[start, default: []].append(late)
                } else {
                    truth[start]! += late
                }
            }
        }
        records.shuffle(using: &generator)
        var batches: [[WindowRecord]] = []
        while !records.isEmpty {
            let count = Int.random(in: 1...min(20, records.count), using: &generator)
            batches.append(Array(records.prefix(count)))
            records.removeFirst(count)
        }
        let exported = Self.export(batches)
        #expect(exported.windows.count == truth.count, "seed \(seed)")
        for window in exported.windows {
            let start = window.start.microseconds / 10_000_000
            let expected = truth[start].map(Self.values)
            #expect(window.values == expected, "seed \(seed), window \(start)")
        }
        let strays = Set(exported.strays.map(\.values))
        #expect(strays == Set(orphans.values.joined().map(Self.values)), "seed \(seed)")
    }
}
