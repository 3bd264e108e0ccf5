import Core
import Testing

@Suite struct FusionAlignmentTests {
    private func harness(
        _ alignment: FusionPlan.Alignment, tolerance: Double = 1, quorum: Int = 1,
        stale: Double? = nil, inputs: Int = 2
    ) -> FuserHarness {
        var plan = FuserHarness.plan(
            .mean, inputs: inputs, quorum: quorum, tolerance: tolerance)
        plan.alignment = alignment
        plan.stale = stale.map { Int64($0 * 1e6) }
        return FuserHarness(plan)
    }

    private func grid(
        _ resampling: FusionPlan.Resampling, every: Int64 = 1, delay: Int64 = 3
    ) -> FusionPlan.Alignment {
        .grid(every: every * 1_000_000, resampling, delay: delay * 1_000_000)
    }

    // MARK: Rounds

    /// An input that has been silent for longer than `stale` is not waited for.
    @Test func aRoundDoesNotWaitForAStaleInput() {
        var harness = harness(.round, stale: 5, inputs: 3)
        for second in stride(from: 0.0, through: 8, by: 2) {
            harness.take(Number(1), 0, at: second)
            harness.take(Number(3), 1, at: second)
        }
        // Rounds of 0, 2 and 4 end with the next one's first reading, those of 6 and 8 when
        // the second input has come.
        #expect(harness.text == ["0.0 2", "2.0 2", "4.0 2", "6.0 2", "8.0 2"])
        #expect(harness.verdicts == ["used", "used", "stale"])
        // An outage of all is no silence of one.
        harness.take(Number(1), 0, at: 100)
        #expect(harness.values.count == 5)
    }

    // MARK: As of

    @Test func asOfTheLeadingInput() {
        var harness = harness(.asOf(leading: 0))
        harness.take(Number(10), 1, at: 0.2)
        harness.take(Number(0), 0, at: 0.5)
        harness.take(Number(20), 1, at: 0.9)
        harness.take(Number(0), 0, at: 1.1)
        // Too old, and none after it.
        harness.take(Number(0), 0, at: 2)
        // The next one counts where none came before.
        harness.take(Number(30), 1, at: 3.5)
        harness.take(Number(0), 0, at: 3)
        // Behind the last moment: kept, but no value.
        harness.take(Number(0), 0, at: 2.5)
        #expect(harness.text == ["0.5 5", "1.1 10", "2.0 0", "3.0 15"])
    }

    @Test func asOfAnyInput() {
        var harness = harness(.asOf(leading: nil), quorum: 2)
        harness.take(Number(0), 0, at: 1)
        harness.take(Number(10), 1, at: 1)
        harness.take(Number(2), 0, at: 1.5)
        #expect(harness.text == ["1.0 -", "1.0 5", "1.5 6"])
    }

    // MARK: Grid

    @Test func gridTakesTheLatestReadingOfEach() {
        var harness = harness(grid(.asOf))
        harness.take(Number(0), 0, at: 0.9)
        harness.take(Number(10), 1, at: 0.8)
        harness.take(Number(99), 0, at: 1.1)
        #expect(harness.text == [])
        harness.take(Number(99), 1, at: 1.2)
        #expect(harness.text == ["1.0 5"])
        #expect(harness.values[0].reading.time == FuserHarness.time(1))
    }

    @Test func gridInterpolatesBetweenNearNeighbours() {
        var harness = harness(grid(.interpolated), tolerance: 2)
        harness.take(Number(0), 0, at: 0.5)
        harness.take(Number(10), 1, at: 0.75)
        harness.take(Number(4), 0, at: 1.5)
        harness.take(Number(14), 1, at: 1.75)
        // 2 and 11.
        #expect(harness.text == ["1.0 6.5"])
        // Further apart than the tolerance: as of, and then none.
        harness.take(Number(100), 0, at: 5)
        harness.take(Number(100), 1, at: 5)
        #expect(harness.text == ["1.0 6.5", "2.0 9", "3.0 9", "5.0 100"])
    }

    /// The worse neighbour's quality goes with an interpolated value.
    @Test func interpolationIsAsGoodAsItsNeighbours() {
        var harness = harness(grid(.interpolated), inputs: 1)
        harness.take(Number(0), 0, at: 0.5)
        harness.take(Number(4), 0, at: 1.25, quality: Quality(.uncertain, .late))
        #expect(harness.values.map(\.reading.quality) == [Quality(.uncertain, .late)])
    }

    @Test func gridWaitsForTheDelayAndNoLonger() {
        var harness = harness(grid(.asOf), quorum: 1)
        harness.take(Number(1), 0, at: 1, arrival: 10)
        harness.tick(12.9)
        #expect(harness.text == [])
        // Silence counts from when the broker hands over again.
        harness.tick(13.5, waitingSince: 11)
        #expect(harness.text == [])
        #expect(
            harness.fuser.due(
                now: FuserHarness.time(13.5), waitingSince: FuserHarness.time(11),
                plan: harness.plan) == FuserHarness.time(14))
        harness.tick(14, waitingSince: 11)
        #expect(harness.text == ["1.0 1"])
        #expect(harness.verdicts == ["used", "missing"])
        // A reading that comes later has missed its point.
        harness.take(Number(9), 1, at: 1, arrival: 14)
        harness.take(Number(9), 1, at: 2, arrival: 14)
        harness.take(Number(1), 0, at: 2, arrival: 14)
        #expect(harness.text == ["1.0 1", "2.0 5"])
        // A clock that was set back.
        harness.take(Number(1), 0, at: 3, arrival: 50)
        harness.tick(20, waitingSince: 18)
        #expect(harness.text.count == 2)
        harness.tick(21, waitingSince: 18)
        #expect(harness.text.count == 3)
    }

    @Test func gridDoesNotWaitForAStaleInput() {
        var harness = harness(grid(.asOf, delay: 1_000), stale: 3)
        for second in 0...6 { harness.take(Number(second), 0, at: Double(second)) }
        #expect(harness.text == ["0.0 0", "1.0 1", "2.0 2", "3.0 3", "4.0 4", "5.0 5", "6.0 6"])
        #expect(harness.verdicts == ["used", "stale"])
    }

    /// A jump of a year is no year of points.
    @Test func gridSkipsWhereNothingIs() {
        var harness = harness(grid(.asOf))
        harness.round([1, 1], at: 0)
        harness.round([2, 2], at: 31_536_000)
        #expect(harness.text == ["0.0 1", "1.0 1", "31536000.0 2"])
    }

    @Test func aFullTimelineSaysWhatItLost() {
        var harness = harness(grid(.asOf, delay: 1_000))
        for second in 0..<66 {
            harness.take(Number(second), 0, at: Double(second), arrival: 0)
        }
        #expect(harness.text == ["lost 0 0.0", "lost 0 1.0"])
    }

    @Test func theEndTakesWhatWaits() {
        var harness = harness(grid(.asOf))
        harness.take(Number(4), 0, at: 1)
        harness.take(Number(6), 0, at: 2)
        harness.end()
        #expect(harness.text == ["1.0 4", "2.0 6"])
    }
}
