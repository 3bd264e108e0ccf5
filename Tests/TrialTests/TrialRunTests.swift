import Core
import Simulator
import Testing
import Trial

@Suite struct TrialRunTests {
    /// A window by count waits for its readings, also at the end.
    @Test func anUnfinishedWindowByCountIsNotShipped() throws {
        var plan = try TrialScene.plan(withFusion: false)
        plan.streams[0].windows = [WindowPlan(.count(3), aggregates: [.count])]
        let messages = (0..<5).map {
            TrialScene.reading("a", "\($0)", at: 1_000_000 + Int64($0) * 1_000)
        }
        let (effects, figures) = try TrialScene.effects(plan, messages)
        #expect(effects.windows.count == 1)
        #expect(figures.open == 1)
    }

    /// Random plants with pauses, clocks that go back, undecodable payloads: the same records
    /// as an engine gives that is told each message and each look at the clock by hand.
    @Test(arguments: 0..<40)
    func theSameAsAnEngineByHand(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let plan = try TrialScene.plan()
        var messages: [RecordedMessage] = []
        var now: Int64 = 1_763_932_774_000
        for _ in 0..<300 {
            let pauses: [Int64] = [0, 0, 130, 700, 999, 3_000, 12_000, 40_000, -6_000]
            now += pauses.randomElement(using: &random) ?? 0
            let device = ["a", "b", "c"].randomElement(using: &random) ?? "a"
            let value = Int.random(in: 0..<100, using: &random) == 0 ? "\"?\"" : "\(seed)"
            let shift = Int64.random(in: -8_000...200, using: &random)
            messages.append(
                TrialScene.message(
                    "plant/\(device)/temperature", #"{"ts":\#(now + shift),"value":\#(value)}"#,
                    at: now))
        }
        let (effects, figures) = try TrialScene.effects(plan, messages)
        let expected = Self.byHand(plan, messages)
        let difference = zip(effects.windows, expected.windows).first { $0 != $1 }
        #expect(difference == nil, "seed \(seed)")
        #expect(effects.windows.count == expected.windows.count, "seed \(seed)")
        #expect(effects.gaps == expected.gaps, "seed \(seed)")
        #expect(effects.deadLetters == expected.deadLetters, "seed \(seed)")
        #expect(effects.newSeries == expected.newSeries, "seed \(seed)")
        #expect(figures.messages == 300 && figures.windows == expected.windows.count)
        #expect(figures.open == 0, "seed \(seed)")
    }

    /// Looks at the clock four times a second, one after the other.
    private static func byHand(_ plan: Plan, _ messages: [RecordedMessage]) -> Effects {
        var engine = Engine(plan: plan)
        var effects = Effects()
        var now = messages[0].time
        var look = (now.microseconds / 250_000 + 1) * 250_000
        func pass(until time: Timestamp) {
            while look < time.microseconds {
                let moment = Timestamp(microseconds: look)
                if engine.wantsTick(at: moment) { _ = engine.tick(at: moment, into: &effects) }
                look += 250_000
            }
        }
        engine.connected(sessionPresent: true, at: now)
        for message in messages {
            now = max(now, message.time)
            pass(until: now)
            // A look at the moment of a message comes after it.
            let topic = message.topic
            let id = engine.find(topic.span) ?? engine.add(topic: topic.span)
            engine.receive(topic: id, payload: message.payload.span, at: now, into: &effects)
        }
        pass(until: now + 600_000_000)
        return effects
    }

    @Test func windowsCloseAtTheLookThatTheGatewayWouldTakeThen() throws {
        var run = TrialRun(plan: try TrialScene.plan(withFusion: false))
        var closed: [Timestamp] = []
        run.receive(TrialScene.reading("a", "1", at: 1_000_100)) { _, _ in }
        // A pause of a hundred days.
        run.receive(TrialScene.reading("a", "2", at: 8_640_000_000)) { time, effects in
            closed += effects.windows.map { _ in time }
        }
        // Silent for 15 s at 1,015.1 s: the next look.
        #expect(closed == [TrialScene.time(1_015_250)])
    }

    @Test func aRecordingThatGoesBackArrivesNoEarlier() throws {
        let plan = try TrialScene.plan(withFusion: false)
        // By its own time the second one is 9 s behind: not by its arrival.
        let (effects, _) = try TrialScene.effects(
            plan,
            [TrialScene.reading("a", "1", at: 19_000), TrialScene.reading("b", "2", at: 1_000)])
        #expect(effects.windows.map(\.start) == [TrialScene.time(10_000), TrialScene.time(0)])
        #expect(effects.gaps.isEmpty)
    }

    @Test func theEndCanBeThatOfTheRecording() throws {
        let plan = try TrialScene.plan()
        let readings = [TrialScene.reading("a", "1", at: 1_000)]
        let (effects, figures) = try TrialScene.effects(plan, readings, untilSilence: false)
        #expect(effects.windows.isEmpty && figures.open > 0)
    }

    @Test func whatTheGatewayWouldNotTake() throws {
        var limits = Limits()
        limits.payload = 40
        limits.topics = 1
        let long = #"{"ts":1000,"value":1.00000000000000000000000000}"#
        let (effects, figures) = try TrialScene.effects(
            try TrialScene.plan(limits: limits, withFusion: false),
            [
                TrialScene.message("plant/a/temperature", "1", at: 900, isRetained: true),
                TrialScene.reading("a", "1", at: 1_000),
                TrialScene.message("plant/a/temperature", long, at: 1_000),
                TrialScene.reading("b", "1", at: 1_000),
                TrialScene.message("plant/a/speed", "1", at: 1_000),
                TrialScene.message("plant/a/speed", "1", at: 1_000),
                TrialScene.message("plant/a/temperature", "{", at: 1_000),
            ])
        #expect(effects.windows.map { $0[.count] } == [Number(1)])
        #expect(effects.gaps.map(\.cause) == [.tooLarge, .topicLimit, .undecodable])
        #expect(figures.messages == 7 && figures.retained == 1 && figures.refused == 2)
        #expect(figures.unmatched.messages == 2)
        #expect(figures.unmatched.topics.map(\.name) == ["plant/a/speed"])
        #expect(figures.deadLetters == 1 && figures.hasRead)
        #expect(figures.sources.map(\.messages) == [2])
    }

    @Test func nothingUnderstoodIsNothingRead() throws {
        let plan = try TrialScene.plan()
        #expect(try !TrialScene.effects(plan, []).figures.hasRead)
        let undecodable = [TrialScene.message("plant/a/temperature", "{", at: 1)]
        #expect(try !TrialScene.effects(plan, undecodable).figures.hasRead)
        let unmatched = [TrialScene.message("plant", "{", at: 1)]
        #expect(try !TrialScene.effects(plan, unmatched).figures.hasRead)
    }
}
