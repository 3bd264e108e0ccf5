import Core
import Simulator
import Testing

/// Random readings against the simplest model there is: keep all, sort them into windows
/// in the end.
@Suite struct WindowModelTests {
    @Test(arguments: [UInt64(21), 22, 23, 24, 25])
    func countsEachReadingOnce(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let plan = try EngineHarness.plan(
            aggregates: [.count, .sum, .min, .max, .first, .last], lateness: 3, idle: 1_000)
        var harness = EngineHarness(plan)
        var expected: [String: [(time: Int64, value: Int64)]] = [:]
        var latest: [String: Int64] = [:]
        var late: UInt64 = 0
        for step in 0..<3_000 {
            let device = ["a", "b", "c"].randomElement(using: &generator)!
            let now = Int64(step) * 40
            let time = max(0, now - Int64.random(in: 0...6_000, using: &generator))
            let value = Int64.random(in: -9_999...9_999, using: &generator)
            let text = Number.decimal(mantissa: value, scale: 2).description
            harness.receive("plant/\(device)/temperature", "{\"t\":\(time),\"v\":\(text)}", at: now)
            // Late: its window's end is not after the latest time so far less 3 s.
            let end = (time / 10_000 + 1) * 10_000
            if let latest = latest[device], end <= latest - 3_000 {
                late += 1
                continue
            }
            latest[device] = max(latest[device] ?? 0, time)
            expected["\(device) \(time / 10_000 * 10)", default: []].append((time, value))
        }
        harness.tick(10_000_000)
        #expect(harness.engine.tally.late == late, "seed \(seed)")
        #expect(harness.effects.windows.count == expected.count, "seed \(seed)")
        for window in harness.effects.windows {
            let device = try #require(harness.engine.series(window.series)[label: "device"])
            let key = "\(device) \(window.start.microseconds / 1_000_000)"
            let found = expected.removeValue(forKey: key)
            let readings = try #require(found, "seed \(seed): \(key)")
            let values = readings.map(\.value)
            let first = readings.min { $0.time < $1.time }!
            let last = readings.last { $0.time == readings.map(\.time).max() }!
            let hundredths = [
                values.reduce(0, +), values.min()!, values.max()!, first.value, last.value,
            ]
            #expect(window.values[0] == Number(readings.count), "seed \(seed): \(key)")
            #expect(
                window.values.dropFirst().map(\.normalized)
                    == hundredths.map { Number.decimal(mantissa: $0, scale: 2).normalized },
                "seed \(seed): \(key)")
        }
        #expect(expected.isEmpty)
    }
}
