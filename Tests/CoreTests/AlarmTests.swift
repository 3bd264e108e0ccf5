import Core
import Simulator
import Testing

@Suite struct AlarmTests {
    private static let limit = AlarmCondition.above(Number(80))

    /// Values by the second, and what is said of them.
    @Test(arguments: [
        // At the limit is not above it.
        (AlarmScene(limit), [80, 81, 80, 81], ["A1", "C2", "A3"]),
        (AlarmScene(.below(Number(80))), [80, 79, 80], ["A1", "C2"]),
        // Once active it stays until the value is back by the deadband.
        (AlarmScene(limit, deadband: 2), [81, 80, 79, 78, 79, 80, 81], ["A0", "C3", "A6"]),
        (AlarmScene(.below(Number(80)), deadband: 2), [79, 81, 82], ["A0", "C2"]),
        (
            AlarmScene(.outside(low: Number(10), high: Number(20)), deadband: 1),
            [10, 20, 21, 20, 19, 9, 10, 11, 21, 9, 15], ["A2", "C4", "A5", "C7", "A8", "C10"]
        ),
        (AlarmScene(.equals(Number(3))), [2, 3, 4], ["A1", "C2"]),
        (AlarmScene(.notEquals(Number(0))), [0, 1, 2, 0], ["A1", "C3"]),
        // Either way; the first reading has no rate.
        (AlarmScene(.rateAbove(Number(5))), [50, 55, 61, 62, 56, 55], ["A2", "C3", "A4", "C5"]),
        (AlarmScene(.rateAbove(Number(5)), deadband: 3), [0, 6, 9, 11], ["A1", "C3"]),
        // The delay begins anew when the condition does.
        (AlarmScene(limit, on: 3), [81, 81, 80, 81, 81, 81, 81], ["A6"]),
        // It ran out between the readings, whatever the second one says.
        (AlarmScene(limit, on: 1), [81, 80], ["A1", "C1"]),
        (AlarmScene(limit, off: 2), [81, 80, 81, 80, 80, 80], ["A0", "C5"]),
        (AlarmScene(limit, on: 2, off: 2), [81, 81, 81, 80, 80, 80], ["A2", "C5"]),
        (AlarmScene(limit, latches: true), [81, 80, 81, 80], ["A0", "L1", "A2", "L3"]),
        (
            AlarmScene(limit, repetition: 2), [81, 81, 81, 81, 81, 80, 80],
            ["A0", "R2", "R4", "C5"]
        ),
    ])
    func table(scene: AlarmScene, values: [Int], expected: [String]) {
        var scene = scene
        for (second, value) in values.enumerated() { scene.take(value, at: Int64(second)) }
        #expect(scene.said == expected)
    }

    @Test func acknowledging() {
        var scene = AlarmScene(Self.limit, latches: true, repetition: 10)
        scene.acknowledge(0)
        scene.take(80, at: 0)
        #expect(scene.state.restated == nil)
        scene.take(81, at: 1)
        scene.acknowledge(2)
        let restated = scene.state.restated
        #expect(restated?.state == .acknowledged && restated?.isRepeated == true)
        #expect(restated?.time == AlarmScene.second(1) && restated?.value == Number(81))
        scene.acknowledge(3)
        // Seen: not said again, and not latched.
        scene.take(81, at: 30)
        scene.take(80, at: 31)
        scene.take(81, at: 40)
        scene.take(80, at: 41)
        scene.acknowledge(42)
        scene.acknowledge(43)
        #expect(scene.said == ["A1", "a2", "C31", "A40", "L41", "C42"])
    }

    @Test func delaysGoOnByArrivalWhenNothingComes() {
        var scene = AlarmScene(Self.limit, on: 10, off: 20)
        // The sensor's clock is 1,000 s ahead.
        scene.take(81, at: 1_000, arrival: 0)
        scene.take(82, at: 1_004, arrival: 6)
        #expect(scene.due(6) == 12)
        scene.tick(11)
        scene.tick(12)
        #expect(scene.said == ["A1010"])
        #expect(scene.due(12) == nil)
        scene.take(70, at: 1_020, arrival: 21)
        #expect(scene.due(21) == 41)
        // While the broker was away nobody could be silent.
        scene.waitingSince = AlarmScene.second(30)
        scene.tick(49)
        scene.tick(50)
        #expect(scene.said == ["A1010", "C1040"])
    }

    @Test func badReadingsDecideNothing() {
        var scene = AlarmScene(Self.limit, on: 5)
        scene.take(99, at: 0, .bad)
        #expect(scene.due(0) == nil)
        scene.take(81, at: 1, .uncertain)
        scene.take(0, at: 2, .bad)
        scene.take(0, at: 4, .bad)
        scene.tick(6)
        scene.take(0, at: 7, .bad)
        #expect(scene.said == ["A6"])
    }

    @Test func qualityAlone() {
        var scene = AlarmScene(.quality(.uncertain))
        scene.take(1, at: 0)
        scene.take(1, at: 1, .uncertain)
        scene.take(1, at: 2, .bad)
        scene.take(1, at: 3)
        var bad = AlarmScene(.quality(.bad))
        bad.take(1, at: 1, .uncertain)
        bad.take(1, at: 2, .bad)
        #expect(scene.said == ["A1", "C3"])
        #expect(bad.said == ["A2"])
    }

    @Test func silence() {
        var scene = AlarmScene(.stale(30_000_000), on: 5, off: 10)
        #expect(scene.due(1_000) == nil)
        // Own times say nothing, bad readings are a sign of life.
        scene.take(1, at: 9_999, arrival: 100, .bad)
        #expect(scene.due(100) == 135)
        scene.tick(134)
        scene.tick(140)
        scene.take(1, at: 3, arrival: 150)
        #expect(scene.due(150) == 160)
        scene.tick(160)
        // Found out by the next reading, or the next tick, where nobody ticked in time.
        scene.take(1, at: 4, arrival: 200)
        scene.tick(300)
        #expect(scene.said == ["A135", "C160", "A185", "C210", "A235"])
        // The gateway itself was away.
        var away = AlarmScene(.stale(30_000_000))
        away.take(1, at: 0)
        away.waitingSince = AlarmScene.second(1_000)
        away.tick(1_029)
        away.take(1, at: 1_029)
        #expect(away.said == [])
    }

    /// Silent again before the delay has ended: it never was over.
    @Test func silenceWithinItsOwnDelay() {
        var scene = AlarmScene(.stale(30_000_000), off: 60, repetition: 100)
        scene.take(1, at: 0)
        scene.tick(30)
        scene.take(1, at: 40)
        #expect(scene.due(40) == 130)
        scene.tick(100)
        scene.tick(130)
        #expect(scene.said == ["A30", "R130"])
        scene.take(1, at: 140)
        for second in stride(from: Int64(150), through: 210, by: 10) { scene.take(1, at: second) }
        #expect(scene.said == ["A30", "R130", "C200"])
    }

    @Test func lateReadingsDecideNothing() {
        var scene = AlarmScene(Self.limit)
        scene.take(70, at: 100)
        scene.take(99, at: 50, arrival: 101)
        scene.take(71, at: 102)
        #expect(scene.said == [])
    }

    /// A sensor whose clock goes back an hour must not be blind for an hour.
    @Test func aClockThatWentBack() {
        var scene = AlarmScene(Self.limit, on: 20)
        scene.take(81, at: 5_000, arrival: 5_000)
        for second in Int64(1)...40 { scene.take(82, at: 1_400 + second, arrival: 5_000 + second) }
        // Ten seconds of doubt, then the delay goes on with what it had: none.
        #expect(scene.said == ["A1430"])
        // The gateway's own clock, for readings without a time.
        var own = AlarmScene(Self.limit)
        own.take(70, at: 5_000)
        own.take(81, at: 1_400)
        #expect(own.said == ["A1400"])
    }

    /// ISA-18.2 calls three transitions a minute chattering.
    @Test(arguments: [UInt64(1), 2, 3])
    func chattering(seed: UInt64) {
        func transitions(_ scene: AlarmScene) -> Int {
            var scene = scene
            var generator = SplitMix(seed: seed)
            for second in Int64(0)..<600 {
                scene.take(Int.random(in: 78...83, using: &generator), at: second)
            }
            return scene.said.count
        }
        #expect(transitions(AlarmScene(Self.limit)) > 100, "seed \(seed)")
        #expect(transitions(AlarmScene(Self.limit, deadband: 3)) == 1, "seed \(seed)")
        #expect(transitions(AlarmScene(Self.limit, off: 15)) <= 2, "seed \(seed)")
        #expect(transitions(AlarmScene(Self.limit, on: 15)) == 0, "seed \(seed)")
    }

    @Test func recordsSayWhat() {
        let scene = AlarmScene(Self.limit, on: 10)
        let series = Series(
            stream: "temperature", field: "temperature",
            labels: [.init(name: "device", value: "tc-1")], unit: "Cel")
        let transition = AlarmTransition(
            state: .active, time: AlarmScene.second(7), value: Number(81), quality: .good)
        let event = scene.plan.record(of: transition, in: series)
        #expect(
            event
                == EventRecord(
                    kind: .alarm, name: "hot", subject: "temperature{device=tc-1}",
                    state: .active, severity: .critical, time: AlarmScene.second(7),
                    value: Number(81), quality: .good, detail: "above 80 Cel, for 10 s"))
    }

    @Test func targets() {
        var target = AlarmTarget(
            stream: "air", field: "humidity", labels: [.init(name: "line", value: "1")],
            aggregate: .max)
        var series = Series(
            stream: "air", field: "humidity",
            labels: [.init(name: "line", value: "1"), .init(name: "device", value: "x")],
            unit: "%")
        #expect(target.matches(series))
        series.labels[0].value = "2"
        #expect(!target.matches(series))
        let layout = WindowLayout(
            shape: .tumbling(size: 10_000_000), aggregates: [.min, .max, .mean])
        var window = WindowRecord(
            series: 0, start: AlarmScene.second(0), end: AlarmScene.second(10), layout: layout,
            quality: Quality(.uncertain), values: [Number(1), Number(2), nil])
        #expect(
            target.reading(of: window)
                == Reading(
                    time: AlarmScene.second(10), number: Number(2), quality: Quality(.uncertain)))
        window.flags = .early
        #expect(target.reading(of: window) == nil)
        window.flags = .partial
        target.aggregate = .mean
        #expect(target.reading(of: window) == nil)
    }

    /// 100,000 series may have one each.
    @Test func isSmall() { #expect(MemoryLayout<AlarmState>.stride <= 80) }

    @Test func senselessPlans() {
        func key(_ scene: AlarmScene) -> String? { scene.plan.mistake?.key }
        let band = AlarmCondition.outside(low: Number(10), high: Number(20))
        #expect(key(AlarmScene(band, deadband: 5)) == nil)
        #expect(key(AlarmScene(band, deadband: 6)) == "deadband")
        #expect(key(AlarmScene(.outside(low: Number(2), high: Number(2)))) == "outside")
        #expect(key(AlarmScene(.rateAbove(Number(2)), deadband: 2)) == "deadband")
        #expect(key(AlarmScene(.rateAbove(.zero))) == "rate_above")
        #expect(key(AlarmScene(.equals(Number(2)), deadband: 1)) == "deadband")
        #expect(key(AlarmScene(.quality(.good))) == "quality")
        #expect(key(AlarmScene(.stale(10))) == "stale")
        #expect(key(AlarmScene(Self.limit, deadband: .nan)) == "deadband")
        #expect(key(AlarmScene(Self.limit, on: -1)) == "on_delay")
        #expect(key(AlarmScene(Self.limit, off: -1)) == "off_delay")
        #expect(key(AlarmScene(Self.limit, repetition: 0)) == "repeat")
    }
}
