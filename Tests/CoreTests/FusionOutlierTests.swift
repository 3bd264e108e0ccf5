import Core
import Testing

@Suite struct FusionOutlierTests {
    private func rejects(
        _ outliers: FusionPlan.Outliers, _ values: [Double], quorum: Int = 1
    ) -> [Double] {
        var plan = FuserHarness.plan(
            .median, inputs: values.count,
            sigmas: Array(repeating: 1, count: values.count), quorum: quorum)
        plan.outliers = outliers
        var harness = FuserHarness(plan)
        // What chi-square judges by is learnt first.
        if case .chiSquare = outliers {
            for second in 0..<30 {
                harness.round(values.indices.map { Double($0 % 2) }, at: Double(second))
            }
        }
        harness.round(values, at: 100)
        return zip(values, harness.verdicts).filter { $1 == "outlier" }.map(\.0)
    }

    /// Rousseeuw and Hubert (2011, "Robust statistics for outlier detection", section 2): of
    /// 6.27, 6.34, 6.25, 63.1, 6.28 the robust scores, with a scale of 1.4826 * 0.03, find 63.1
    /// alone, and classical ones nothing.
    @Test func hampel() {
        let test = FusionPlan.Outliers.hampel(factor: 2.5, floor: 0)
        #expect(rejects(test, [6.27, 6.34, 6.25, 63.1, 6.28]) == [63.1])
        // Median 2, deviation 1: beyond 3 * 1.4826 are 9 and not 6.
        #expect(
            rejects(.hampel(factor: 3, floor: 0), [1, 1, 2, 2, 4, 6, 9]) == [9])
        #expect(
            rejects(.hampel(factor: 2, floor: 0), [1, 1, 2, 2, 4, 6, 9]) == [6, 9])
        // Where most are alike, the floor decides.
        #expect(rejects(.hampel(factor: 3, floor: 0), [5, 5, 5.01]) == [5.01])
        #expect(rejects(.hampel(factor: 3, floor: 0.1), [5, 5, 5.01, 5.5]) == [5.5])
    }

    @Test func theQuorumRemains() {
        #expect(
            rejects(.hampel(factor: 2, floor: 0), [1, 1, 2, 2, 4, 6, 9], quorum: 6) == [9])
        // Of two nobody knows.
        #expect(rejects(.hampel(factor: 3, floor: 1), [1, 100]) == [])
    }

    /// The thresholds of the tables: 0.995 with one to three degrees of freedom is 7.879,
    /// 10.597, 12.838. With three inputs of sigma 1 of which one is off by d, the sum of
    /// squares is 2/3 d^2.
    @Test func chiSquare() {
        let test = FusionPlan.ConsistencyTest(confidence: 0.995, inputs: 3)
        let limit = (10.597 * 1.5).squareRoot()
        #expect(rejects(.chiSquare(test), [0, limit - 0.01, 0]) == [])
        #expect(rejects(.chiSquare(test), [0, limit + 0.01, 0]) == [limit + 0.01])
        #expect(
            rejects(
                .chiSquare(.init(confidence: 0.995, inputs: 5)), [0, 10, -20, 0, 1])
                == [10, -20])
        // The two that remain must agree, too, or the value is uncertain.
        var plan = FuserHarness.plan(.median, inputs: 2, sigmas: [1, 1])
        plan.outliers = .chiSquare(.init(confidence: 0.995, inputs: 2))
        let most = (7.879 * 2).squareRoot()
        for (distance, quality) in [
            (most - 0.01, Quality.good), (most + 0.01, Quality(.uncertain, .disagreement)),
        ] {
            var harness = FuserHarness(plan)
            for second in 0..<30 { harness.round([0, 1], at: Double(second)) }
            harness.round([0, distance], at: 100)
            #expect(harness.values.last?.reading.quality == quality)
        }
    }

    /// Two that agree are right against one that claims to be more exact and has pulled the
    /// mean to itself: what counts is how far each is from the others.
    @Test func theWorstIsTheFurthestFromTheOthers() {
        var plan = FuserHarness.plan(.median, sigmas: [0.1, 1, 1])
        plan.outliers = .chiSquare(.init(confidence: 0.995, inputs: 3))
        var harness = FuserHarness(plan)
        for second in 0..<30 { harness.round([0, 0, 0], at: Double(second)) }
        harness.round([3, 0, 0], at: 100)
        #expect(harness.verdicts == ["outlier", "used", "used"])
    }

    /// 3.841, 6.635 and 10.828 with one degree, as in every table; a gate is made of them.
    @Test func gateThresholds() {
        for (confidence, table) in [(0.95, 3.841), (0.99, 6.635), (0.999, 10.828)] {
            for (factor, isPassed) in [(0.999, true), (1.001, false)] {
                var harness = FuserHarness(
                    FuserHarness.plan(
                        .kalman(
                            .init(
                                model: .randomWalk(.density(0)), variances: .given,
                                gate: .init(confidence: confidence, patience: 9))),
                        inputs: 1, sigmas: [1]))
                harness.take(Number(0), 0, at: 0)
                // The prediction has a variance of 1 as well.
                let value = (2 * table).squareRoot() * factor
                harness.take(FuserHarness.number(value), 0, at: 1)
                #expect((harness.verdicts == ["used"]) == isPassed)
            }
        }
    }
}
