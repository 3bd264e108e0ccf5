import Core
import Simulator
import Testing

/// Random sessions: each reading counts once, and no two sessions share a moment.
@Suite struct SessionModelTests {
    private static let second: Microseconds = 1_000_000

    private static func plan(_ generator: inout SplitMix) -> WindowPlan {
        let gap = [5, 20].randomElement(using: &generator)! * second
        return WindowPlan(
            .session(gap: gap), aggregates: [.count],
            delay: [0, 3, 30].randomElement(using: &generator)! * second,
            lateness: [0, gap, 60 * second].randomElement(using: &generator)!,
            longestSession: [nil, gap, 60 * second].randomElement(using: &generator)!)
    }

    private struct Session: Equatable {
        var start: Timestamp
        var end: Timestamp
        var count: Int64
    }

    private static func run(
        _ window: WindowPlan, _ readings: [(time: Int64, arrival: Int64)]
    ) throws -> [WindowRecord] {
        var plan = try EngineHarness.plan()
        plan.streams[0].windows = [window]
        var harness = EngineHarness(plan)
        for (number, reading) in readings.enumerated() {
            harness.receive(
                "plant/a/temperature", "{\"t\":\(reading.time),\"v\":1}", at: reading.arrival)
            if number % 7 == 0 { harness.tick(reading.arrival) }
            if number == readings.count / 2 { harness = try harness.restored(plan) }
        }
        let end = readings.last?.arrival ?? 0
        for wait in 1...3 { harness.tick(end + Int64(wait) * 200_000) }
        #expect(harness.engine.openSeries == 0)
        return harness.effects.windows
    }

    private static func session(_ record: WindowRecord) -> Session {
        Session(
            start: record.start, end: record.end, count: record.values[0]?.mantissa(at: 0) ?? 0)
    }

    @Test(arguments: UInt64(1)...40)
    func readingsCountOnceAndSessionsShareNoMoment(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let window = Self.plan(&generator)
        var now: Int64 = 1_000_000
        var readings: [(time: Int64, arrival: Int64)] = []
        for _ in 0..<600 {
            now += Int64.random(in: 0...9_000, using: &generator)
            let isLate = Int.random(in: 0..<3, using: &generator) == 0
            let time = isLate ? now - Int64.random(in: 0...80_000, using: &generator) : now
            readings.append((time, now))
        }
        var best: [Timestamp: WindowRecord] = [:]
        var amended: Int64 = 0
        for record in try Self.run(window, readings) {
            if record.flags.contains(.amendment) {
                amended += Self.session(record).count
                continue
            }
            if let known = best[record.start] { #expect(record.revision > known.revision) }
            best[record.start] = record
        }
        let sessions = best.values.map(Self.session).sorted { $0.start < $1.start }
        #expect(sessions.reduce(amended) { $0 + $1.count } == 600, "seed \(seed): \(window)")
        guard case .session(let gap) = window.layout.shape, window.lateness >= gap else { return }
        for (session, next) in zip(sessions, sessions.dropFirst()) {
            #expect(session.end <= next.start, "seed \(seed): \(session) \(next)")
        }
    }

    /// In order the sessions are those of the simplest model.
    @Test(arguments: UInt64(1)...12)
    func sessionsOfOrderedReadings(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let window = Self.plan(&generator)
        guard case .session(let gap) = window.layout.shape else { return }
        var now: Int64 = 1_000_000
        var readings: [(time: Int64, arrival: Int64)] = []
        var expected: [Session] = []
        for _ in 0..<300 {
            let time = Timestamp(microseconds: now * 1_000)
            readings.append((now, now))
            now += Int64.random(in: 1...gap / 900, using: &generator)
            if let last = expected.indices.last, time < expected[last].end {
                expected[last].count += 1
            } else {
                expected.append(Session(start: time, end: time, count: 1))
            }
            let last = expected.count - 1
            let length = time - expected[last].start
            let isLong = window.longestSession.map { length >= $0 } ?? false
            expected[last].end = time + (isLong ? 1 : gap)
        }
        #expect(try Self.run(window, readings).map(Self.session) == expected)
    }
}
