import Core
import Testing

@Suite struct EngineTests {
    @Test func closesAWindowWhenTheWatermarkPasses() throws {
        var harness = EngineHarness(try EngineHarness.plan())
        harness.receive("plant/a/temperature", #"{"t":1000,"v":20.5}"#, at: 1_000)
        harness.receive("plant/a/temperature", #"{"t":9999,"v":20.25}"#, at: 10_000)
        harness.receive("plant/a/temperature", #"{"t":14999,"v":30}"#, at: 15_000)
        #expect(harness.windows.isEmpty)
        // Out of order, but within the delay.
        harness.receive("plant/a/temperature", #"{"t":500,"v":19}"#, at: 15_000)
        harness.receive("plant/a/temperature", #"{"t":15000,"v":31}"#, at: 15_001)
        #expect(
            harness.windows == [
                "temperature{device=a} @0 count=3 sum=59.75 min=19 max=20.5 first=19 last=20.25"
            ])
    }

    @Test func oneSensorsClockDoesNotMakeOthersLate() throws {
        var harness = EngineHarness(try EngineHarness.plan())
        harness.receive("plant/a/temperature", #"{"t":250000,"v":1}"#, at: 0)
        harness.receive("plant/b/temperature", #"{"t":1000,"v":2}"#, at: 1_000)
        #expect(harness.engine.tally.late == 0)
        #expect(harness.engine.tally.readings == 2)
    }

    @Test func lateReadingsAreAnAmendment() throws {
        var harness = EngineHarness(try EngineHarness.plan())
        harness.receive("plant/a/temperature", #"{"t":30000,"v":1}"#, at: 30_000)
        harness.receive("plant/a/temperature", #"{"t":1000,"v":2}"#, at: 30_000)
        harness.receive("plant/a/temperature", #"{"t":2000,"v":3}"#, at: 31_000)
        #expect(harness.engine.tally.late == 2)
        #expect(harness.windows.isEmpty)
        harness.tick(40_000)
        #expect(
            harness.windows == [
                "temperature{device=a} @0 count=2 sum=5 min=2 max=3 first=2 last=3 flags=4"
            ])
        #expect(harness.effects.windows[0].quality == Quality(.good, .late))
    }

    @Test func silenceClosesWhatIsOpenOnceConnectedLongEnough() throws {
        var harness = EngineHarness(try EngineHarness.plan())
        harness.receive("plant/a/temperature", #"{"t":1000,"v":1}"#, at: 1_000)
        // After a day away the broker first hands over what it kept.
        harness.engine.connected(sessionPresent: true, at: EngineHarness.time(86_400_000))
        harness.tick(86_401_000)
        #expect(harness.windows.isEmpty)
        harness.receive("plant/a/temperature", #"{"t":2000,"v":2}"#, at: 86_402_000)
        harness.tick(86_417_000)
        #expect(
            harness.windows == [
                "temperature{device=a} @0 count=2 sum=3 min=1 max=2 first=1 last=2"
            ])
        #expect(harness.engine.openSeries == 0)
    }

    @Test func derivesMeanAndRoundsEstimates() throws {
        var harness = EngineHarness(
            try EngineHarness.plan(aggregates: [.mean, .standardDeviation, .quantile(5_000)]))
        for (index, value) in ["20.10", "20.20", "20.40"].enumerated() {
            harness.receive("plant/a/temperature", "{\"t\":\(index),\"v\":\(value)}", at: 0)
        }
        harness.tick(60_000)
        #expect(
            harness.windows == [
                "temperature{device=a} @0 count=3 sum=60.7 mean=20.233333333333334 "
                    + "stddev=0.1528 p50=20.2"
            ])
    }

    @Test func badInputCostsNothingElse() throws {
        var harness = EngineHarness(try EngineHarness.plan())
        let bad = [
            "rubbish", "", "{}", #"{"t":1,"v":"warm"}"#, #"{"t":"soon","v":1}"#, #"{"v":1}"#,
            #"{"t":1,"v":{"x":1}}"#, #"{"t":1,"v":null}"#,
        ]
        for payload in bad { harness.receive("plant/a/temperature", payload, at: 5) }
        harness.receive("elsewhere", "1", at: 5)
        harness.receive("plant/a/temperature", #"{"t":1,"v":1}"#, at: 5)
        #expect(harness.effects.deadLetters.count == bad.count + 1)
        #expect(harness.engine.tally.undecodable == UInt64(bad.count) + 1)
        #expect(harness.engine.tally.readings == 1)
        #expect(harness.effects.deadLetters[0].reason.contains("not JSON"))
        #expect(harness.effects.deadLetters[3].reason == "the value at $.v is not a number")
    }

    @Test func aTimeFarAheadGivesWayToTheArrivalAndSaysSo() throws {
        var harness = EngineHarness(try EngineHarness.plan())
        harness.receive("plant/a/temperature", #"{"t":253402300799999,"v":1}"#, at: 1_000)
        harness.tick(60_000)
        #expect(harness.windows[0].hasPrefix("temperature{device=a} @0 count=1"))
        #expect(harness.effects.windows[0].quality == Quality(.uncertain, .substituted))
    }

    @Test func seriesBeyondTheLimitLeaveAGap() throws {
        var plan = try EngineHarness.plan()
        plan.limits.series = 2
        var harness = EngineHarness(plan)
        for device in ["a", "b", "c", "d"] {
            harness.receive("plant/\(device)/temperature", #"{"t":1,"v":1}"#, at: 1)
        }
        harness.tick(100_000)
        #expect(harness.engine.seriesCount == 2)
        #expect(harness.effects.gaps.map(\.cause) == [.seriesLimit])
        #expect(harness.effects.gaps[0].count == 2)
    }

    /// Legal numbers of which sums, squares or products would not be finite.
    @Test func valuesBeyondAllMeasureAreRefusedNotCounted() throws {
        let rule = SeriesRule(
            labels: [.init(name: "device", value: "b")], field: nil,
            value: Calibration(gain: Number(1_000), offset: .zero))
        var harness = EngineHarness(
            try EngineHarness.plan(
                aggregates: [.mean, .standardDeviation, .quantile(9_500)], calibrations: [rule]))
        for value in ["1.7e308", "-1.7e308", "1e61"] {
            harness.receive("plant/a/temperature", "{\"t\":1,\"v\":\(value)}", at: 1)
        }
        harness.receive("plant/b/temperature", #"{"t":1,"v":9e59}"#, at: 1)
        harness.receive("plant/a/temperature", #"{"t":1,"v":9e59}"#, at: 1)
        harness.receive("plant/a/temperature", #"{"t":2,"v":-9e59}"#, at: 2)
        harness.tick(60_000)
        #expect(harness.engine.tally.undecodable == 4)
        #expect(harness.effects.windows.count == 1)
        #expect(harness.effects.windows[0].values.allSatisfy { $0?.double.isFinite ?? false })
    }

    @Test func aClockSetBackClosesNothingAndLosesNothing() throws {
        var harness = EngineHarness(try EngineHarness.plan(aggregates: [.count]))
        harness.receive("plant/a/temperature", #"{"t":1000,"v":1}"#, at: 10_000_000)
        harness.engine.connected(sessionPresent: true, at: EngineHarness.time(10_000_000))
        harness.tick(1_000)
        #expect(harness.windows.isEmpty)
        // Silence counts from the look after the change.
        harness.tick(15_999)
        #expect(harness.windows.isEmpty)
        harness.tick(16_000)
        #expect(harness.windows == ["temperature{device=a} @0 count=1"])
    }

    /// An amendment is due a while after its first reading: by a clock that was set back since,
    /// that would be far away.
    @Test func anAmendmentDoesNotWaitForAClockThatWasSetBack() throws {
        var harness = EngineHarness(try EngineHarness.plan(aggregates: [.count]))
        harness.receive("plant/a/temperature", #"{"t":900000,"v":1}"#, at: 10_000_000)
        harness.receive("plant/a/temperature", #"{"t":1000,"v":2}"#, at: 10_001_000)
        harness.tick(10_002_000)
        #expect(!harness.effects.windows.contains { $0.flags.contains(.amendment) })
        harness.tick(5_000)
        #expect(harness.effects.windows.contains { $0.flags.contains(.amendment) })
    }

    @Test func calibratesByLabel() throws {
        let rule = SeriesRule(
            labels: [.init(name: "device", value: "b")], field: nil,
            value: Calibration(
                gain: .decimal(mantissa: 11, scale: 1), offset: .decimal(mantissa: -5, scale: 1)))
        var harness = EngineHarness(
            try EngineHarness.plan(aggregates: [.last], calibrations: [rule]))
        harness.receive("plant/a/temperature", #"{"t":1,"v":20}"#, at: 1)
        harness.receive("plant/b/temperature", #"{"t":1,"v":20}"#, at: 1)
        harness.tick(60_000)
        #expect(
            harness.windows == [
                "temperature{device=a} @0 last=20", "temperature{device=b} @0 last=21.5",
            ])
    }

    @Test func anotherPlanClosesOnlyWhatItChanges() throws {
        var plan = try EngineHarness.plan(aggregates: [.count])
        plan.streams.append(
            StreamPlan(
                name: "level", pattern: try TopicPattern("tank/{n}"), payload: .number,
                fields: [.init(name: "level", unit: "m")], calibrations: [],
                windows: [
                    WindowPlan(.tumbling(size: 10_000_000), aggregates: [.count], idle: 10_000_000)
                ]))
        var harness = EngineHarness(plan)
        harness.receive("plant/a/temperature", #"{"t":1,"v":20}"#, at: 1)
        harness.receive("tank/1", "3", at: 1)
        plan.streams[1].windows = [
            WindowPlan(.tumbling(size: 20_000_000), aggregates: [.count], idle: 10_000_000)
        ]
        harness.engine.reconfigure(plan, into: &harness.effects)
        #expect(harness.windows == ["level{n=1} @0 count=1 flags=1"])
        harness.receive("plant/a/temperature", #"{"t":2,"v":20}"#, at: 2)
        harness.tick(60_000)
        #expect(harness.windows.last == "temperature{device=a} @0 count=2")
    }
}
