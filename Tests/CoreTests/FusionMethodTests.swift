import Core
import Testing

@Suite struct FusionMethodTests {
    private func fuse(_ plan: FusionPlan, _ values: [Double?]) -> FuserHarness {
        var harness = FuserHarness(plan)
        harness.round(values, at: 1)
        harness.end()
        return harness
    }

    @Test func meanMedianAndTrimmedMean() {
        let values: [Double?] = [2, 1, 4, 100, 3]
        let mean = fuse(FuserHarness.plan(.mean, inputs: 5), values)
        #expect(mean.text == ["1.0 22"])
        #expect(mean.weights == [0.2, 0.2, 0.2, 0.2, 0.2])
        let median = fuse(FuserHarness.plan(.median, inputs: 5), values)
        #expect(median.text == ["1.0 3"])
        #expect(median.weights == [0, 0, 0, 0, 1])
        let trimmed = fuse(
            FuserHarness.plan(.trimmedMean(fraction: 0.25), inputs: 5), values)
        #expect(trimmed.text == ["1.0 3"])
        #expect(trimmed.values[0].spread == Number(99))
        // Of an even number: the mean of the two in the middle.
        let even = fuse(FuserHarness.plan(.median, inputs: 4), [1, 2.5, 3, 10])
        #expect(even.text == ["1.0 2.75"])
        #expect(even.weights == [0, 0.5, 0.5, 0])
    }

    /// A fraction that would leave nothing leaves the middle.
    @Test func trimmingLeavesTheMiddle() {
        let plan = FuserHarness.plan(.trimmedMean(fraction: 0.49), inputs: 3, quorum: 1)
        #expect(fuse(plan, [1, 2, 9]).text == ["1.0 2"])
        #expect(fuse(plan, [1, nil, 9]).text == ["1.0 5"])
    }

    @Test func inverseVarianceWeighsBySigma() {
        let plan = FuserHarness.plan(.inverseVariance(.given), sigmas: [0.5, 1, 1])
        let harness = fuse(plan, [20, 21, 21.5])
        #expect(harness.text == ["1.0 20.417"])
        #expect(harness.weights.map { ($0 * 6).rounded() } == [4, 1, 1])
    }

    /// Where the quick one steps and the slow one does not follow, the value comes back with
    /// the time constant; where both ramp, it follows at once.
    @Test func complementaryFilter() {
        var plan = FuserHarness.plan(.complementary(timeConstant: 10_000_000), inputs: 2)
        plan.quorum = 1
        var harness = FuserHarness(plan)
        harness.round([5, 100], at: 0)
        harness.round([5, 101], at: 10)
        // 6 + (1 - 1/e) (5 - 6).
        #expect(harness.text == ["0.0 5", "10.0 5.37"])
        #expect(harness.weights.map { ($0 * 100).rounded() } == [63, 37])
        harness.round([7, 103], at: 20)
        #expect(harness.text.last == "20.0 7.14")
        // Without the slow one it goes where the quick one goes, and is uncertain.
        harness.round([nil, 104], at: 30)
        harness.round([nil, 105], at: 40)
        harness.tick(100)
        #expect(harness.text.suffix(2) == ["30.0 8.14", "40.0 9.14"])
        #expect(harness.values.last?.reading.quality.level == .uncertain)
    }

    @Test func uncertainOnesAreLeftOutWhereGoodOnesSuffice() {
        var harness = FuserHarness(FuserHarness.plan(.mean))
        let uncertain = Quality(.uncertain, .outOfRange)
        harness.take(Number(1), 0, at: 1)
        harness.take(Number(3), 1, at: 1)
        harness.take(Number(50), 2, at: 1, quality: uncertain)
        #expect(harness.verdicts == ["used", "used", "uncertain"])
        #expect(harness.text == ["1.0 2"])
        // Fewer than all are used: uncertain as the one that is not.
        #expect(harness.values[0].reading.quality == uncertain)
        // One good one is below the quorum: then it takes part, and is told of.
        harness.take(Number(1), 0, at: 2)
        harness.take(Number(3), 1, at: 2, quality: Quality(.bad, .device))
        harness.take(Number(5), 2, at: 2, quality: uncertain)
        #expect(harness.verdicts == ["used", "bad", "used"])
        #expect(harness.text.last == "2.0 3")
        #expect(
            harness.values[1].reading.quality
                == Quality(.uncertain, [.outOfRange, .device]))
        // Bad ones count for no quorum.
        harness.take(Number(1), 0, at: 3)
        for input in 1...2 {
            harness.take(Number(3), input, at: 3, quality: Quality(.bad, .device))
        }
        #expect(harness.text.last == "3.0 -")
    }

    /// The result is in another unit: its magnitude has nothing to do with the inputs' places.
    @Test(arguments: [
        ("x * 1e-6", 1_500.0, "0.0015"), ("1 / x", 3_000, "0.000333333"), ("x / 3", 1, "0.333333"),
        ("x * 2", 1.25, "2.5"), ("x - x", 7, "0"),
    ])
    func formulasKeepSixDigits(text: String, value: Double, result: String) throws {
        let program = try Formula(text).program(inputs: [], result: nil)
        let harness = fuse(FuserHarness.plan(.formula(program), inputs: 1), [value])
        #expect(harness.text == ["1.0 \(result)"])
    }

    /// The inputs may be of several quantities: how far they are apart says nothing.
    @Test func aFormulaHasNoSpread() throws {
        let program = try Formula("x * y").program(inputs: [], result: nil)
        var plan = FuserHarness.plan(.formula(program), inputs: 2)
        plan.hasProvenance = false
        #expect(plan.series.map(\.field) == ["fused", "inputs"])
        plan.method = .mean
        #expect(plan.series.map(\.field) == ["fused", "spread", "inputs"])
    }

    @Test func disagreementMakesUncertain() {
        var plan = FuserHarness.plan(.median)
        plan.agreement = 2
        var harness = FuserHarness(plan)
        harness.round([1, 2, 3], at: 1)
        harness.round([1, 2, 3.1], at: 2)
        #expect(
            harness.values.map(\.reading.quality)
                == [.good, Quality(.uncertain, .disagreement)])
    }

    @Test func fullSaysHowManyAreEnoughForAGoodValue() {
        for (full, level) in [(nil, Quality.Level.uncertain), (2, .good)] as [(Int?, Quality.Level)]
        {
            var plan = FuserHarness.plan(.median)
            plan.full = full
            var harness = FuserHarness(plan)
            harness.round([1, 2, nil], at: 1)
            harness.end()
            #expect(harness.values.map(\.reading.quality.level) == [level])
            #expect(harness.verdicts == ["used", "used", "missing"])
        }
    }
}
