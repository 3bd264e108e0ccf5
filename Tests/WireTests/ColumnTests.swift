import Core
import OpenSSL
import Simulator
import Testing
import Wire

/// Tables byte by byte (docs/wire-format.md), and what they cost.
@Suite struct ColumnTests {
    private static let layout = WindowLayout(
        shape: .hopping(size: 20, hop: 10), aggregates: [.max, .min, .range, .last])

    private static func window(
        _ row: Int, _ values: [Number?], layout: WindowLayout = layout
    ) -> WindowRecord {
        let start = Timestamp(microseconds: Int64(row) * 10)
        return WindowRecord(
            series: 3, start: start, end: start + 20, layout: layout, values: values)
    }

    /// By hand, from the document alone.
    private static let table: [UInt8] =
        // A windows section of 60 bytes: hopping, 20, 10; max, min, range, last; three rows.
        [5, 60, 1, 40, 20, 4, 4, 3, 8, 6, 3]
        // Series 3; starts 0, 1, 2 in units of 10; 0, -1, 0 beyond 20 in units of 3.
        + [0, 6] + [20, 1, 0, 2, 2] + [6, 1, 0, 1, 2]
        // Revisions 0, 2, 0; flags 0, 0, 4; levels 0, 0, 1; reasons 0, 0, 17.
        + [1, 0, 4, 3] + [1, 0, 0, 8] + [1, 0, 0, 2] + [1, 0, 0, 34]
        // Two rows that have one and one that has none: 9, 7. The same rows: 4, 7.
        + [6, 2, 1, 1, 0, 18, 3] + [6, 2, 1, 1, 0, 8, 6]
        // The range follows. No row, one that has none, two that have: 7, 6.
        + [5] + [6, 0, 1, 2, 1, 0, 14, 1]

    @Test func aTableIsAsTheDocumentSays() throws {
        var windows = [
            Self.window(0, [Number(9), Number(4), Number(5), nil]),
            Self.window(1, [Number(7), Number(7), Number(0), Number(7)]),
            Self.window(2, [nil, nil, nil, Number(6)]),
        ]
        windows[1].end = Timestamp(microseconds: 27)
        windows[1].revision = 2
        windows[2].flags = .amendment
        windows[2].quality = Quality(.uncertain, [.late, .stale])
        #expect(RecordSet(windows: windows).encoded() == Self.table)
        #expect(try RecordSet(decoding: Self.table, closed: false).windows == windows)
    }

    @Test(arguments: [
        (13, UInt8(0), "a time unit of 0 us"), (21, 13, "a window whose end makes no sense"),
        (25, 3, "a revision of -2"), (30, 4, "a window with flags 2"),
        (34, 6, "a quality level of 3"), (40, 5, "a run of 5 rows"), (41, 0, "a run of 0 rows"),
        (42, 6, "a number column of encoding 6"), (11, 2, "an integer column of encoding 2"),
    ])
    func senselessBytesAreRefused(place: Int, byte: UInt8, reason: String) {
        var bytes = Self.table
        bytes[place] = byte
        #expect(throws: FormatError.malformed(reason)) {
            try RecordSet(decoding: bytes, closed: false)
        }
    }

    private static func roundTrip(_ columns: [[Number?]], _ aggregates: [Aggregate]) throws -> Int {
        let layout = WindowLayout(shape: .hopping(size: 20, hop: 10), aggregates: aggregates)
        let windows = columns[0].indices.map { row in
            window(row, columns.map { $0[row] }, layout: layout)
        }
        let encoded = RecordSet(windows: windows).encoded()
        let decoded = try RecordSet(decoding: encoded, closed: false).windows
        #expect(decoded.map(\.normalized) == windows.map(\.normalized))
        return encoded.count
    }

    private static let finerAtFirst: [[Number?]] = [
        [.decimal(mantissa: 125, scale: 2), Number(7), Number(100), Number(3)],
        [nil, Number(7), Number(100), Number(3)],
    ]

    /// A reader has all of the first column at the scale of the row that the second has not.
    @Test func aColumnIsRelativeOnlyToWhatAReaderHas() throws {
        _ = try Self.roundTrip(Self.finerAtFirst, [.max, .last])
    }

    @Test func whatWasWrittenRelativeToAFinerColumnIsRead() throws {
        let layout = WindowLayout(shape: .hopping(size: 20, hop: 10), aggregates: [.max, .last])
        let windows = (0..<4).map { row in
            Self.window(row, Self.finerAtFirst.map { $0[row] }, layout: layout)
        }
        var bytes = RecordSet(windows: windows).encoded()
        // Deltas at scale 0: 7, 93, -97. Before: relative at scale 0 to column 0, and no difference.
        try #require(bytes.suffix(7) == [1, 0, 14, 186, 1, 193, 1])
        bytes.replaceSubrange((bytes.count - 7)..., with: [2, 0, 0, 0, 0, 0])
        bytes[1] -= 1
        let decoded = try RecordSet(decoding: bytes, closed: false).windows
        #expect(decoded.map(\.normalized) == windows.map(\.normalized))
    }

    /// Whatever of it is missing.
    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func rowsWithoutANumberComeBack(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for percent in [0, 1, 50, 99, 100] {
            for constant in [true, false] {
                let columns = (0..<3).map { column in
                    (0..<64).map { row -> Number? in
                        guard Int.random(in: 0..<100, using: &generator) >= percent else {
                            return nil
                        }
                        return column == 2 && row % 2 == 0
                            ? .binary(Double(row))
                            : .decimal(mantissa: constant ? 5 : Int64(row * row), scale: 1)
                    }
                }
                _ = try Self.roundTrip(columns, [.min, .max, .last])
            }
        }
    }

    /// Nothing where a column follows from others; all of it where it does not.
    @Test func onlyWhatFollowsIsDerived() throws {
        let first = (0..<100).map { Number?.some(.decimal(mantissa: Int64($0 * 7), scale: 1)) }
        let last = (0..<100).map { Number?.some(.decimal(mantissa: Int64($0 * $0), scale: 2)) }
        var delta = zip(first, last).map { first, last in last.flatMap { l in first.map { l - $0 } }
        }
        let without = try Self.roundTrip([first, last], [.first, .last])
        // A code, and the aggregate's own.
        #expect(try Self.roundTrip([first, delta, last], [.first, .delta, .last]) == without + 2)
        // Without a part there is nothing to derive from.
        #expect(try Self.roundTrip([first, delta], [.first, .delta]) > 200)
        delta[99] = Number(1_000_000)
        #expect(
            try Self.roundTrip([first, delta, last], [.first, .delta, .last]) > without + 100)
        delta[99] = nil
        _ = try Self.roundTrip([first, delta, last], [.first, .delta, .last])
    }

    /// At the column's scale a difference may not fit, where at its own it does.
    @Test func derivesWhateverTheScale() throws {
        let max: [Number?] = [
            .decimal(mantissa: 5_000_000_000_000_000_000, scale: 18), Number(9),
            .binary(0.1), .binary(.greatestFiniteMagnitude), nil,
        ]
        let min: [Number?] = [
            .decimal(mantissa: -4_500_000_000_000_000_000, scale: 18), Number(-9),
            Number(3), .binary(-.greatestFiniteMagnitude), Number(1),
        ]
        let range = zip(max, min).map { max, min -> Number? in
            guard let max, let min else { return nil }
            let range = max - min
            return range.double.isFinite ? range : nil
        }
        for rows in [0..<2, 0..<3, 2..<5, 0..<5] {
            _ = try Self.roundTrip(
                [range, max, min].map { Array($0[rows]) }, [.range, .max, .min])
        }
    }

    @Test func theMeanOfNothingIsNothing() throws {
        let columns: [[Number?]] = [
            [nil, Number(2)], [Number(0), Number(3)], [Number(0), Number(6)],
        ]
        _ = try Self.roundTrip(columns, [.mean, .count, .sum])
    }

    /// As amendments may be.
    @Test func rowsAlikeInEverythingComeBack() throws {
        let window = Self.window(0, [Number(1), Number(1), Number(0), Number(1)])
        let sample = SampleRecord(series: 1, reading: Reading(time: .epoch, number: Number(1)))
        let set = RecordSet(
            windows: Array(repeating: window, count: 10_000),
            samples: Array(repeating: sample, count: 10_000))
        #expect(try RecordSet(decoding: set.encoded(), closed: false) == set)
    }

    /// Flags, ends, revisions and qualities that are as usual cost a few bytes a table.
    @Test func whatIsAsUsualCostsNothing() {
        func size(_ rows: Int) -> Int {
            let windows = (0..<rows).map { row in
                Self.window(row, [Number(1), Number(1), Number(0), Number(1)])
            }
            return RecordSet(windows: windows).encoded().count
        }
        // Each a delta of its start; the section's length grows by a byte.
        #expect(size(1_000) - size(100) == 901)
    }

    /// Two hundred series of a random walk in hundredths, a reading in about 7 s, in ms.
    @Test func aSampleTakesAtMostFourBytes() throws {
        var generator = SplitMix(seed: 42)
        var set = RecordSet()
        for series in 0..<200 {
            set.series.append(
                Series(
                    stream: "pressure", field: "pressure",
                    labels: [.init(name: "device", value: "dev-\(series)")], unit: "bar"))
            var time: Int64 = 1_763_900_000_000_000
            var walk = Int64.random(in: 1_500...3_000, using: &generator)
            for _ in 0..<100 {
                time += .random(in: 2_000...12_000, using: &generator) * 1_000
                walk += .random(in: -50...50, using: &generator)
                set.samples.append(
                    SampleRecord(
                        series: SeriesID(series),
                        reading: Reading(
                            time: Timestamp(microseconds: time),
                            number: .decimal(mantissa: walk, scale: 2))))
            }
        }
        let batch = Batch(
            sealing: set, gateway: "gateway-1", epoch: Epoch(using: &generator), sequence: 1,
            previous: .zero)
        #expect(try batch.records(limit: 1 << 20) == set)
        let perSample = Double(batch.bytes.count) / Double(set.samples.count)
        #expect(perSample <= 4, "\(perSample) bytes a sample, \(batch.header.rawSize) raw")
    }
}

extension WindowRecord {
    /// A column brings its decimals to one scale.
    var normalized: WindowRecord {
        var copy = self
        copy.values = values.map { $0?.normalized }
        return copy
    }
}
