internal import Core
internal import Wire

/// Compares what the receiver holds with what ought to be there.
struct Verdict {
    private var failures: [String] = []
    private let world: World
    private let expected: Expectation
    private var windows: [Expectation.WindowKey: Expectation.Sums] = [:]
    /// Records of a window that are not marked partial.
    private var whole: [Expectation.WindowKey: Int] = [:]
    /// Readings in amendments, by series.
    private var late: [String: Int] = [:]
    private var fused: [String: Int] = [:]
    private var gaps: [Expectation.GapKey: UInt64] = [:]
    private static let fusedSeries = ["pair", "pair.spread", "pair.inputs"]

    /// The best that can be said of it.
    static func failures(of world: World) -> [String] {
        let verdicts = world.truth.histories.map { Verdict(world, $0) }
        let verdict = verdicts.first { $0.failures.isEmpty } ?? verdicts[0]
        verdict.count()
        return verdict.failures
    }

    private init(_ world: World, _ taken: [Truth.Taken]) {
        self.world = world
        expected = Expectation(taken, world.scenario)
        failures += world.receiver.faults()
        // What was refused on purpose is kept by the gateway: it counts too.
        let held = world.receiver.taken + world.receiver.poisoned.values
        for batch in held { gather(batch.records) }
        compareWindows()
        compareGaps()
        if world.scenario.hasFusion { compareFusion() }
    }

    private func count() {
        let meter = world.meter
        meter.count(.readings, expected.readings.values.reduce(0, +))
        meter.count(.windows, whole.count)
        meter.count(.late, expected.readings.keys.reduce(0) { $0 + (late[$1] ?? 0) })
        meter.count(.sessionsLost, Int(world.truth.sessionsLost))
    }

    private mutating func fail(_ what: String) { failures.append(what) }

    private mutating func gather(_ records: RecordSet) {
        for window in records.windows {
            let series = records.series[Int(window.series)].description
            guard let count = window[.count]?.mantissa(at: 0) else {
                fail("a window of \(series) has no count")
                continue
            }
            let key = Expectation.WindowKey(
                series: series, start: window.start.microseconds, size: window.end - window.start)
            if window.flags.contains(.amendment) {
                late[series, default: 0] += Int(count)
            } else if !window.flags.contains(.partial) {
                whole[key, default: 0] += 1
            }
            if Self.fusedSeries.contains(series) {
                fused[series, default: 0] += Int(count)
                continue
            }
            guard let sum = window[.sum]?.mantissa(at: 2),
                let least = window[.min]?.mantissa(at: 2), let most = window[.max]?.mantissa(at: 2)
            else {
                fail("a window of \(series) has other values than hundredths")
                continue
            }
            windows[key, default: .init()].add(
                .init(count: Int(count), sum: sum, least: least, most: most))
        }
        for gap in records.gaps {
            gaps[.init(cause: gap.cause, subject: gap.subject), default: 0] += gap.count
        }
    }

    private mutating func compareWindows() {
        for (key, count) in whole where count > 1 {
            fail("\(count) records of one window: \(key)")
        }
        for key in windows.keys where expected.windows[key] == nil {
            fail("a window that nobody expects: \(key)")
        }
        for (key, sums) in expected.windows {
            let found = windows[key] ?? .init()
            if found != sums { fail("\(key): \(found) where \(sums) was expected") }
        }
        for series in expected.readings.keys.sorted() {
            let late = late[series] ?? 0
            if late > 0, world.scenario.isOrderly {
                fail("\(series): \(late) late readings of an orderly plant")
            }
        }
    }

    private mutating func compareGaps() {
        var wanted = expected.gaps
        wanted[.init(cause: .brokerDropped, subject: "broker")] = world.truth.brokerDropped
        wanted[.init(cause: .sessionLost, subject: "broker")] = world.truth.sessionsLost
        // Three dead letters are kept.
        wanted[.init(cause: .deadLetterEvicted, subject: "dead_letter")] = UInt64(
            max(0, expected.undecodable - 3))
        for batch in world.receiver.poisoned.values {
            wanted[.init(cause: .batchRefused, subject: "batch \(batch.header.sequence)")] =
                UInt64(batch.header.counts.total)
        }
        for (key, count) in wanted where gaps[key] ?? 0 != count {
            fail("gaps \(key.cause.name) of \(key.subject): \(gaps[key] ?? 0), not \(count)")
        }
        for (key, count) in gaps where wanted[key] == nil {
            if key.cause == .belowQuorum { continue }
            fail("gaps \(key.cause.name) of \(key.subject): \(count), not 0")
        }
    }

    /// Each reading of the two inputs is in a value, or in a round without its fellow.
    private mutating func compareFusion() {
        let values = Self.fusedSeries.map { fused[$0] ?? 0 }
        if Set(values).count > 1 { fail("values, spreads and inputs of the fusion: \(values)") }
        let alone = Int(gaps[.init(cause: .belowQuorum, subject: "pair")] ?? 0)
        let readings = ["d0", "d1"].reduce(0) {
            $0 + (expected.readings["temp{device=\($1)}"] ?? 0)
        }
        if 2 * values[0] + alone != readings {
            fail("the fusion took \(readings) readings: \(values[0]) values, \(alone) alone")
        }
    }
}
