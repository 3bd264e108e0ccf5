import Core
import Simulator
import Wire

extension RecordSet {
    /// All kinds of records, shapes and columns: constant, decimal, double, mixed, derived,
    /// with rows that have no number.
    static func random(_ generator: inout SplitMix) -> RecordSet {
        var set = RecordSet()
        set.series = (0..<5).map {
            Series(
                stream: "stream", field: "field\($0)",
                labels: [.init(name: "läbel", value: "\($0)")], unit: "°C")
        }
        let layouts = [
            WindowLayout(
                shape: .tumbling(size: 10_000_000),
                aggregates: [.count, .sum, .mean, .min, .max, .range, .standardDeviation]),
            WindowLayout(
                shape: .hopping(size: 3_600_000_000, hop: 60_000_000),
                aggregates: [.delta, .first, .last, .quantile(9_990)]),
            WindowLayout(shape: .session(gap: 30_000_000), aggregates: [.mean, .count, .sum]),
            WindowLayout(shape: .count(7), aggregates: [.durationInState(-3), .timeAverage]),
            WindowLayout(shape: .calendar, aggregates: [.range, .increase]),
        ]
        for layout in layouts {
            for row in 0..<60 { set.windows.append(window(row, layout, &generator)) }
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
        for state in EventRecord.State.allCases {
            var event = RecordSetTests.event(
                at: Timestamp(microseconds: .random(in: 0...1_000_000, using: &generator)),
                value: state == .active ? number(&generator) : nil)
            event.state = state
            event.quality = quality(&generator)
            set.events.append(event)
        }
        for row in 0..<60 {
            set.samples.append(
                SampleRecord(
                    series: SeriesID(row / 12),
                    reading: Reading(
                        time: Timestamp(microseconds: Int64(row) * 1_000),
                        number: number(&generator),
                        quality: quality(&generator))))
        }
        return set
    }

    private static func number(_ generator: inout SplitMix) -> Number {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: .binary(.random(in: -1...1, using: &generator))
        case 1: .decimal(mantissa: .random(in: .min ... .max, using: &generator), scale: 18)
        default: .decimal(mantissa: .random(in: -99_999...99_999, using: &generator), scale: 2)
        }
    }

    private static func quality(_ generator: inout SplitMix) -> Quality {
        Bool.random(using: &generator)
            ? .good : Quality(.uncertain, [.stale, .init(rawValue: 0x8000)])
    }

    /// Near those of the other columns. Of the first rows every other column has none, and the
    /// rest finer ones than later.
    private static func exact(
        _ row: Int, _ place: Int, _ generator: inout SplitMix
    ) -> Number? {
        guard row < 3 else {
            return .decimal(
                mantissa: Int64(row * 7_919 % 1_000) + .random(in: 0...3, using: &generator),
                scale: 0)
        }
        return place % 2 == 1
            ? nil
            : .decimal(mantissa: .random(in: -99_999...99_999, using: &generator), scale: 2)
    }

    private static func window(
        _ row: Int, _ layout: WindowLayout, _ generator: inout SplitMix
    ) -> WindowRecord {
        let start = Timestamp(microseconds: Int64(row) * 60_000_000)
        let length = layout.shape.size ?? .random(in: 0...9_000, using: &generator) * 1_000
        var record = WindowRecord(
            series: SeriesID(row / 12), start: start,
            // One that was closed early, or by panes.
            end: start + (row == 17 ? length / 2 : length), layout: layout,
            revision: row % 9 == 0 ? UInt32(row) : 0,
            flags: row % 50 == 0 ? [.partial, .early] : row == 3 ? .amendment : [],
            quality: quality(&generator),
            // Exact columns for some layouts, anything for others.
            values: layout.aggregates.enumerated().map { place, aggregate in
                if Int.random(in: 0..<20, using: &generator) == 0 { return nil }
                return layout.shape == .calendar || aggregate == .quantile(9_990)
                    ? number(&generator) : exact(row, place, &generator)
            })
        if row % 3 > 0 || layout.shape == .tumbling(size: 10_000_000) { derive(&record) }
        return record
    }

    /// As the core does it.
    private static func derive(_ record: inout WindowRecord) {
        for (place, aggregate) in record.layout.aggregates.enumerated() {
            switch aggregate {
            case .mean:
                record.values[place] = record[.sum].flatMap { sum in
                    record[.count].map { .mean(count: $0, sum: sum) }
                }
            case .range:
                record.values[place] = record[.max].flatMap { max in
                    record[.min].map { max - $0 }
                }
            case .delta:
                record.values[place] = record[.last].flatMap { last in
                    record[.first].map { last - $0 }
                }
            default: break
            }
        }
    }
}
