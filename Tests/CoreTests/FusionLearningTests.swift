import Core
import Simulator
import Testing

@Suite struct FusionLearningTests {
    private static let hour = 3_600_000_000 as Int64

    private func plan(
        _ method: FusionPlan.Method, inputs: Int = 3, sigmas: [Double?] = []
    ) -> FusionPlan {
        var plan = FuserHarness.plan(method, inputs: inputs, sigmas: sigmas)
        plan.memory = 6 * Self.hour
        return plan
    }

    /// A minute each of a truth that goes up and down, and errors of these deviations.
    private func run(
        _ harness: inout FuserHarness, minutes: Range<Int>, errors: [Double],
        random: inout SplitMix, fault: (Int, Double) -> [Double?] = { _, _ in [] }
    ) {
        for minute in minutes {
            let truth = 20 + 10 * Double(abs(minute % 200 - 100)) / 100
            var values: [Double?] = errors.map { truth + $0 * random.normal() }
            for (input, value) in fault(minute, truth).enumerated() where value != nil {
                values[input] = value
            }
            harness.round(
                values.map { $0.map { ($0 * 1_000).rounded() / 1_000 } },
                at: Double(minute) * 60)
        }
    }

    /// With independent errors of 0.5, 1 and 2 against the mean of the others: variances
    /// of 0.25 + 5/4 or less. The best input weighs most, the worst least, none all.
    @Test func variancesAreLearnt() {
        var random = SplitMix(seed: 1)
        var harness = FuserHarness(plan(.inverseVariance(.learnt)))
        run(&harness, minutes: 0..<29, errors: [0.5, 1, 2], random: &random)
        #expect(harness.weights.allSatisfy { ($0 - 1 / 3.0).magnitude < 1e-9 })
        run(&harness, minutes: 29..<5_000, errors: [0.5, 1, 2], random: &random)
        let weights = harness.weights
        #expect(weights[0] > weights[1] && weights[1] > weights[2] && weights[2] > 0.02)
        #expect(weights[0] > 0.45 && weights[0] < 0.9)
    }

    /// Two that are alike to the last digit don't take all the weight from a third.
    @Test func noInputTakesAll() {
        var harness = FuserHarness(plan(.inverseVariance(.learnt), inputs: 4))
        var random = SplitMix(seed: 2)
        run(&harness, minutes: 0..<3_000, errors: [0, 0, 0.5, 0.5], random: &random)
        #expect(harness.weights.allSatisfy { $0 > 0.05 && $0 < 0.5 })
        // Nor where nothing scatters at all.
        harness = FuserHarness(plan(.inverseVariance(.learnt)))
        run(&harness, minutes: 0..<100, errors: [0, 0, 0], random: &random)
        #expect(harness.weights.allSatisfy { ($0 - 1 / 3.0).magnitude < 1e-9 })
    }

    /// Two with a common error agree, and outvote the third. A stated sigma that explains no
    /// such disagreement keeps the weights together.
    @Test func disagreementBeyondTheSigmasMakesWeightsAlike() {
        for (sigmas, range) in [
            ([nil, nil, nil], 0.0..<0.2), ([1, 1, 1], 0.28..<0.34),
        ] as [([Double?], Range<Double>)] {
            var harness = FuserHarness(plan(.inverseVariance(.learnt), sigmas: sigmas))
            var random = SplitMix(seed: 3)
            run(&harness, minutes: 0..<3_000, errors: [0, 0.1, 0.1], random: &random) {
                minute, truth in
                [truth + (minute % 2 == 0 ? 6 : -6), nil, nil]
            }
            #expect(range.contains(harness.weights[0]), "\(harness.weights)")
        }
    }

    private func watched() -> FuserHarness {
        var plan = plan(.mean, sigmas: [0.5, 0.5, 0.5])
        plan.memory = 24 * Self.hour
        plan.watch = FusionPlan.Watch()
        return FuserHarness(plan)
    }

    @Test func aDriftIsFoundOnceAndClearedOnce() {
        var harness = watched()
        var random = SplitMix(seed: 4)
        let errors = [0.3, 0.3, 0.3]
        run(&harness, minutes: 0..<2_000, errors: errors, random: &random)
        #expect(harness.notices.isEmpty)
        run(&harness, minutes: 2_000..<3_400, errors: errors, random: &random) { minute, truth in
            [nil, truth + Double(minute - 2_000) * 0.005, nil]
        }
        #expect(harness.notices.map(\.input) == [1])
        #expect(harness.notices.map(\.cause) == [.drift])
        #expect(harness.notices.map(\.isRaised) == [true])
        // The mean, of four hours, is behind where it stands.
        #expect((1.5..<3).contains(harness.notices.first?.bias ?? 0))
        #expect(harness.verdicts == ["used", "drifting", "used"])
        #expect(
            harness.values.last?.reading.quality == Quality(.uncertain, .disagreement))
        let off = (harness.values.last?.reading.number.double ?? 0) - 20
        #expect(off < 11)
        run(&harness, minutes: 3_400..<5_000, errors: errors, random: &random)
        #expect(harness.notices.map(\.isRaised) == [true, false])
        #expect(harness.notices.map(\.input) == [1, 1])
        #expect(harness.verdicts == ["used", "used", "used"])
    }

    /// Eight sigmas in twenty days: the disagreement is learnt as fast as it grows, and the
    /// longer mean finds it.
    @Test func aDriftOfManyDaysIsFound() {
        var harness = watched()
        var random = SplitMix(seed: 7)
        run(&harness, minutes: 0..<28_800, errors: [0.3, 0.3, 0.3], random: &random) {
            minute, truth in
            [nil, nil, truth - Double(minute) * 4 / 28_800]
        }
        #expect(harness.notices.map(\.input) == [2])
        #expect(harness.notices.map(\.cause) == [.drift])
        #expect(harness.verdicts == ["used", "used", "drifting"])
    }

    @Test func aStuckInputIsFound() {
        var harness = watched()
        var random = SplitMix(seed: 5)
        let errors = [0.3, 0.3, 0.3]
        run(&harness, minutes: 0..<1_000, errors: errors, random: &random)
        run(&harness, minutes: 1_000..<1_100, errors: errors, random: &random) { _, _ in
            [nil, nil, 30]
        }
        #expect(harness.notices.map(\.input) == [2])
        #expect(harness.notices.map(\.cause) == [.stuck])
        #expect(harness.verdicts == ["used", "used", "stuck"])
        #expect(harness.values.last?.reading.quality == Quality(.uncertain, .stuck))
        run(&harness, minutes: 1_100..<1_102, errors: errors, random: &random)
        #expect(harness.notices.map(\.isRaised) == [true, false])
        #expect(harness.verdicts == ["used", "used", "used"])
    }

    /// All stand still: nobody is stuck.
    @Test func aStandstillIsNoFault() {
        var harness = watched()
        for minute in 0..<2_000 { harness.round([20, 20.1, 20.2], at: Double(minute) * 60) }
        #expect(harness.notices.isEmpty)
    }

    /// Of two nobody can tell which drifts.
    @Test func twoAreNotEnoughForAWatch() {
        var plan = plan(.mean, inputs: 2, sigmas: [0.5, 0.5])
        plan.watch = FusionPlan.Watch()
        var harness = FuserHarness(plan)
        for minute in 0..<2_000 { harness.round([20, 50], at: Double(minute) * 60) }
        #expect(harness.notices.isEmpty)
        #expect(harness.values.count == 2_000)
    }

    /// A unit that spikes for a day hardly moves the value, and the others stay.
    @Test func spikesAreLeftOut() {
        var plan = plan(
            .kalman(
                .init(model: .randomWalk(.timeConstant(180_000_000)), variances: .learnt)),
            sigmas: [0.5, 0.5, 0.5])
        plan.outliers = .chiSquare(.init(confidence: 0.995, inputs: 3))
        plan.watch = FusionPlan.Watch()
        var harness = FuserHarness(plan)
        var random = SplitMix(seed: 6)
        run(&harness, minutes: 0..<1_000, errors: [0.3, 0.3, 0.3], random: &random)
        run(&harness, minutes: 1_000..<2_440, errors: [0.3, 0.3, 0.3], random: &random) {
            minute, truth in
            [minute % 3 == 0 ? truth + 1_000 : nil, nil, nil]
        }
        let worst =
            harness.values.suffix(1_440).map { value in
                let minute = Int(FuserHarness.seconds(value.reading.time)) / 60
                let truth = 20 + 10 * Double(abs(minute % 200 - 100)) / 100
                return (value.reading.number.double - truth).magnitude
            }.max() ?? .infinity
        #expect(worst < 1.5)
        #expect(harness.values.allSatisfy { $0.provenance[1].verdict != .drifting })
    }
}

extension SplitMix {
    /// Even over 0..<1.
    mutating func even() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Near enough to a standard normal (Irwin-Hall).
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + even() } }
}
