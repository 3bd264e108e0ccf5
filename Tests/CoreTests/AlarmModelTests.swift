import Core
import Simulator
import Testing

/// Random sequences against a simulation that looks at each second by itself, and keeps what the
/// condition was at all of them.
@Suite struct AlarmModelTests {
    private struct Model {
        let scene: AlarmScene
        /// Before and after each second's reading.
        var verdicts: [Bool] = []
        var state = EventRecord.State.cleared
        var lastReading: Int64?
        var said: [String] = []

        /// One second: what ran out before the reading, the reading, what it brings at once.
        mutating func step(_ second: Int64, _ value: Int?, verdict: (Int, Bool) -> Bool) {
            var now = verdicts.last ?? false
            if case .stale(let span) = scene.plan.condition, let lastReading {
                now = now || (second - lastReading) * 1_000_000 >= span
            }
            let delay = Int((now ? scene.plan.onDelay : scene.plan.offDelay) / 1_000_000)
            // What began after a reading has held for one entry less.
            let before = verdicts.suffix(max(0, 2 * delay - 1))
            if before.count >= 2 * delay - 1, before.allSatisfy({ $0 == now }) {
                settle(now, second)
            }
            verdicts.append(now)
            if let value {
                lastReading = second
                now = verdict(value, now)
            }
            verdicts.append(now)
            if (now ? scene.plan.onDelay : scene.plan.offDelay) == 0 { settle(now, second) }
        }

        private mutating func settle(_ now: Bool, _ second: Int64) {
            let isOn = state == .active || state == .acknowledged
            guard now != isOn else { return }
            if now {
                state = .active
                said.append("A\(second)")
            } else if state == .active, scene.plan.isLatching {
                state = .latched
                said.append("L\(second)")
            } else {
                state = .cleared
                said.append("C\(second)")
            }
        }

        mutating func acknowledge(_ second: Int64) {
            if state == .active {
                state = .acknowledged
                said.append("a\(second)")
            } else if state == .latched {
                state = .cleared
                said.append("C\(second)")
            }
        }
    }

    private static func scenes(_ generator: inout SplitMix) -> AlarmScene {
        let band = Double(Int.random(in: 0...3, using: &generator))
        let conditions: [AlarmCondition] = [
            .above(Number(5)), .below(Number(4)), .outside(low: Number(1), high: Number(8)),
            .notEquals(Number(5)), .stale(Int64.random(in: 2...8, using: &generator) * 1_000_000),
        ]
        return AlarmScene(
            conditions.randomElement(using: &generator)!, deadband: band,
            on: Int64.random(in: 0...6, using: &generator),
            off: Int64.random(in: 0...6, using: &generator),
            latches: Bool.random(using: &generator))
    }

    private static func verdict(_ scene: AlarmScene) -> (Int, Bool) -> Bool {
        let band = scene.plan.deadband
        return { value, held in
            let value = Double(value)
            return switch scene.plan.condition {
            case .above: value > 5 || held && value > 5 - band
            case .below: value < 4 || held && value < 4 + band
            case .outside:
                value < 1 || value > 8 || held && (value < 1 + band || value > 8 - band)
            case .notEquals: value != 5
            default: false
            }
        }
    }

    @Test(arguments: UInt64(100)..<180)
    func saysWhatTheModelSays(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        var scene = Self.scenes(&generator)
        let verdict = Self.verdict(scene)
        var model = Model(scene: scene)
        // Readings come seldom for a while, then often.
        for second in Int64(0)..<600 {
            let density = (second / 50) % 2 == 0 ? 2 : 9
            let value =
                Int.random(in: 0..<10, using: &generator) < density
                ? Int.random(in: 0...9, using: &generator) : nil
            scene.tick(second)
            if let value { scene.take(value, at: second) }
            model.step(second, value, verdict: verdict)
            if Int.random(in: 0..<20, using: &generator) == 0 {
                scene.acknowledge(second)
                model.acknowledge(second)
            }
            if second % 37 == 0 { try scene.reload() }
        }
        #expect(scene.said == model.said, "seed \(seed): \(scene.plan)")
        #expect(scene.said.count > 3 || scene.plan.onDelay > 3_000_000, "seed \(seed)")
    }

    /// The same, to the second, whether ticks find out or the next reading does.
    @Test(arguments: UInt64(200)..<260)
    func ticksChangeNoTimes(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var ticked = Self.scenes(&generator)
        var silent = ticked
        for second in Int64(0)..<400 {
            ticked.tick(second)
            guard Int.random(in: 0..<4, using: &generator) == 0 || second == 399 else { continue }
            let value = Int.random(in: 0...9, using: &generator)
            ticked.take(value, at: second)
            silent.take(value, at: second)
        }
        #expect(ticked.said == silent.said, "seed \(seed): \(ticked.plan)")
        #expect(ticked.state == silent.state, "seed \(seed)")
    }

    /// Nothing that anyone may have written traps, or says something that can't be.
    @Test func hostileBytes() throws {
        var generator = SplitMix(seed: 41)
        var accepted = 0
        for round in 0..<20_000 {
            var scene = Self.scenes(&generator)
            var writer = ByteWriter()
            scene.take(7, at: 1)
            scene.tick(100)
            scene.state.encode(into: &writer)
            var bytes = writer.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
            }
            var reader = ByteReader(bytes)
            guard let state = try? AlarmState(from: &reader) else { continue }
            accepted += 1
            scene.state = state
            scene.take(round % 10, at: 200)
            scene.take(round % 10, at: Timestamp.latest.microseconds / 1_000_000)
            _ = scene.due(0)
            _ = scene.state.tick(
                now: .latest, waitingSince: .epoch, plan: scene.plan, emit: { _ in })
            var again = ByteWriter()
            scene.state.encode(into: &again)
            var whole = ByteReader(again.bytes)
            #expect(try AlarmState(from: &whole) == scene.state)
        }
        #expect(accepted > 1_000)
        #expect(throws: FormatError.self) {
            var reader = ByteReader([1, 0])
            _ = try AlarmState(from: &reader)
        }
    }
}

extension AlarmScene {
    /// Through bytes and back.
    fileprivate mutating func reload() throws {
        var writer = ByteWriter()
        state.encode(into: &writer)
        var reader = ByteReader(writer.bytes)
        let decoded = try AlarmState(from: &reader)
        try reader.expectEnd()
        #expect(decoded == state)
        state = decoded
    }
}
