import Core
import Simulator
import Testing

/// Random readings, out of order, in random windows, against the simplest model there is:
/// keep all, sort them into windows in the end. What the receiver makes of the records must be
/// the same: of one window the highest revision, and the amendments added to it.
@Suite struct WindowModelTests {
    private static let second: Microseconds = 1_000_000

    private static func plan(_ generator: inout SplitMix) throws -> WindowPlan {
        let shapes: [WindowShape] = [
            .tumbling(size: 10 * second), .hopping(size: 20 * second, hop: 5 * second),
            .hopping(size: 10 * second, hop: 4 * second), .calendar,
        ]
        let shape = shapes.randomElement(using: &generator)!
        let calendar = WindowCalendar(.day(begins: [0, 6 * 3_600]), zone: .utc)
        return WindowPlan(
            shape, aggregates: [.count, .sum, .min, .max],
            delay: [0, 3, 30].randomElement(using: &generator)! * second,
            lateness: [0, 5, 60].randomElement(using: &generator)! * second,
            idle: 1_000 * second,
            offset: shape == .calendar ? 0 : [0, 3].randomElement(using: &generator)! * second,
            calendar: shape == .calendar ? calendar : nil,
            early: [nil, 7 * second].randomElement(using: &generator)!,
            hasManySources: Bool.random(using: &generator))
    }

    @Test(arguments: UInt64(1)...24)
    func countsEachReadingOnceInEachOfItsWindows(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let window = try Self.plan(&generator)
        var plan = try EngineHarness.plan()
        plan.streams[0].windows = [window]
        var harness = EngineHarness(plan)
        var published: [(time: Int64, value: Int64)] = []
        // A week, so that windows by calendar end.
        let step: Int64 = window.calendar == nil ? 40 : 200_000
        for number in 0..<1_000 {
            let now = 100_000 + Int64(number) * step
            let time = max(60_000, now - Int64.random(in: 0...step * 800, using: &generator))
            let value = Int64.random(in: -9_999...9_999, using: &generator)
            let text = Number.decimal(mantissa: value, scale: 2).description
            harness.receive("plant/a/temperature", "{\"t\":\(time),\"v\":\(text)}", at: now)
            published.append((time, value))
            if number % 50 == 0 { harness.tick(now) }
            if number == 700 { harness = try harness.restored(plan) }
        }
        let end = Int64(published.count) * step
        harness.tick(end + 2_000_000)
        harness.tick(end + 4_000_000)
        #expect(harness.engine.openSeries == 0, "seed \(seed)")
        #expect(
            Self.merged(harness.effects.windows) == Self.expected(published, window),
            "seed \(seed): \(window)")
    }

    private struct Values: Equatable, CustomStringConvertible {
        var count: Int64 = 0
        var sum: Int64 = 0
        var min = Int64.max
        var max = Int64.min

        mutating func add(_ other: Values) {
            count += other.count
            sum += other.sum
            min = Swift.min(min, other.min)
            max = Swift.max(max, other.max)
        }

        var description: String { "\(count) \(sum) \(min) \(max)" }
    }

    private static func merged(_ records: [WindowRecord]) -> [Int64: Values] {
        var best: [Int64: WindowRecord] = [:]
        var amendments: [WindowRecord] = []
        for record in records {
            let start = record.start.microseconds
            if record.flags.contains(.amendment) {
                amendments.append(record)
            } else if let known = best[start] {
                #expect(record.revision > known.revision)
                best[start] = record
            } else {
                best[start] = record
            }
        }
        #expect(best.values.allSatisfy { !$0.flags.contains(.early) })
        var values = best.mapValues(values)
        for record in amendments {
            values[record.start.microseconds, default: Values()].add(Self.values(record))
        }
        return values
    }

    private static func values(_ record: WindowRecord) -> Values {
        let hundredths = record.values.map { $0?.mantissa(at: 2) ?? 0 }
        return Values(
            count: hundredths[0] / 100, sum: hundredths[1], min: hundredths[2],
            max: hundredths[3])
    }

    private static func expected(
        _ published: [(time: Int64, value: Int64)], _ plan: WindowPlan
    ) -> [Int64: Values] {
        var windows: [Int64: Values] = [:]
        for reading in published {
            for start in starts(of: reading.time * 1_000, plan) {
                windows[start, default: Values()].add(
                    Values(
                        count: 1, sum: reading.value, min: reading.value, max: reading.value))
            }
        }
        return windows
    }

    private static func starts(of time: Int64, _ plan: WindowPlan) -> [Int64] {
        switch plan.layout.shape {
        case .tumbling(let size): [(time - plan.offset) / size * size + plan.offset]
        case .hopping(let size, let hop):
            stride(from: plan.offset, through: time, by: Int(hop)).filter { time - $0 < size }
        default:
            [time / 86_400 / second * 86_400 * second].map { day in
                time - day < 6 * 3_600 * second ? day : day + 6 * 3_600 * second
            }
        }
    }
}
