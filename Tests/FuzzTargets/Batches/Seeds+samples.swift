internal import Core
internal import Wire

extension FuzzTarget {
    typealias Sample = (name: String, records: RecordSet)

    /// Record sets that together have every kind of section and column.
    static var recordSamples: [Sample] {
        var all = windows([.count, .sum, .min, .max, .last, .quantile(9_500)], value: decimal)
        let others = otherSamples
        for other in others { all.append(other.records) }
        return [("empty", RecordSet()), ("all", all)] + columnSamples + windowSamples + others
    }

    private static let start = Timestamp(microseconds: 1_763_932_770_000_000)

    private static let series = (0..<3).map { index in
        Series(
            stream: "temperature", field: index == 0 ? "temperature" : "h\(index)",
            labels: [.init(name: "läbel", value: "tc \"\(index)\"")], unit: "°C")
    }

    private static func windows(
        _ aggregates: [Aggregate], shape: WindowShape = .tumbling(size: 10_000_000),
        value: (Int, Aggregate) -> Number?
    ) -> RecordSet {
        let layout = WindowLayout(shape: shape, aggregates: aggregates)
        return RecordSet(
            series: series,
            windows: (0..<6).map { row in
                let start = start + Int64(row) * 10_000_000
                return WindowRecord(
                    series: SeriesID(row / 2), start: start,
                    end: start + (shape.size ?? 3_000_000), layout: layout,
                    flags: row == 3 ? .partial : [], values: aggregates.map { value(row, $0) })
            })
    }

    private static func decimal(_ row: Int, _ aggregate: Aggregate) -> Number? {
        .decimal(mantissa: Int64(2_000 + row * row), scale: 2)
    }

    private static var columnSamples: [Sample] {
        let decimals = windows(
            [.count, .sum, .min, .max, .last, .quantile(9_500)], value: decimal)
        let constant = windows([.count, .first]) { _, _ in Number(10) }
        let doubles = windows([.max]) { row, _ in .binary(Double(row) / 3) }
        let mixed = windows([.min, .standardDeviation]) { row, _ in
            row % 2 == 0 ? .binary(0.1) : .decimal(mantissa: .max, scale: 18)
        }
        let mean = windows([.count, .sum, .mean]) { _, aggregate in
            aggregate == .mean ? .mean(count: Number(4), sum: Number(4)) : Number(4)
        }
        let sparse = windows([.last, .quantile(5_000), .max]) { row, aggregate in
            aggregate == .max || row == 2 ? nil : Number(row * row)
        }
        let derived = windows([.range, .max, .min, .delta, .first, .last]) { _, aggregate in
            switch aggregate {
            case .range, .delta: Number(1)
            case .max, .last: Number(5)
            default: Number(4)
            }
        }
        return [
            ("decimals", decimals), ("constant", constant), ("doubles", doubles),
            ("mixed", mixed), ("mean", mean), ("sparse", sparse), ("derived", derived),
        ]
    }

    private static var windowSamples: [Sample] {
        let shapes: [(String, WindowShape)] = [
            ("hopping", .hopping(size: 10_000_000, hop: 5_000_000)),
            ("sliding", .sliding(size: 9_000_000, pane: 2_000_000)),
            ("session", .session(gap: 5)), ("counted", .count(6)), ("calendar", .calendar),
        ]
        let shaped = shapes.map { name, shape -> Sample in
            (name, windows([.transitions, .durationInState(-1)], shape: shape, value: decimal))
        }
        // A result after an early one, a revision, and amendments: of it, and of no window.
        var revised = windows([.count, .mean, .sum, .standardDeviation], value: decimal)
        for row in 0..<6 {
            revised.windows[row].series = 0
            revised.windows[row].start = start + (row == 5 ? 10_000_000 : 0)
            revised.windows[row].end = revised.windows[row].start + 10_000_000
            if row < 3 {
                revised.windows[row].revision = UInt32(row)
            } else {
                revised.windows[row].flags = .amendment
                revised.windows[row].quality = Quality(.uncertain, .late)
            }
        }
        revised.windows[0].flags = .early
        return shaped + [("revised", revised)]
    }

    private static func sample(_ row: Int) -> SampleRecord {
        let number: Number = row < 4 ? .decimal(mantissa: Int64(row), scale: 1) : .binary(0.3)
        let quality: Quality = row == 5 ? Quality(.bad, .outOfRange) : .good
        return SampleRecord(
            series: SeriesID(row / 2),
            reading: Reading(time: start + Int64(row) * 1_000, number: number, quality: quality))
    }

    private static var otherSamples: [Sample] {
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
        let events = EventRecord.State.allCases.map { state in
            EventRecord(
                kind: .alarm, name: "hot", subject: "temperature", state: state,
                severity: .warning, time: start, value: state == .active ? Number(81) : nil,
                quality: Quality(.uncertain, .stale), detail: "above 80")
        }
        let samples = (0..<6).map(sample)
        let longest = GapRecord(
            cause: .late, subject: "", from: .epoch, to: .latest, count: .max, detail: "")
        return [
            ("logs", RecordSet(logs: logs)), ("gaps", RecordSet(gaps: gaps)),
            ("events", RecordSet(events: events)),
            ("samples", RecordSet(series: series, samples: samples)),
            ("span", RecordSet(gaps: [longest])),
        ]
    }
}
