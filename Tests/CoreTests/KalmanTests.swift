import Core
import Testing

@Suite struct KalmanTests {
    private func harness(
        _ model: FusionPlan.Kalman.Model, sigmas: [Double], gate: FusionPlan.Kalman.Gate? = nil
    ) -> FuserHarness {
        FuserHarness(
            FuserHarness.plan(
                .kalman(.init(model: model, variances: .given, gate: gate)),
                inputs: sigmas.count, sigmas: sigmas))
    }

    /// The Nile's flow at Aswan 1871 to 1880 with the variances of Durbin and Koopman (2012,
    /// section 2.2.5): 15,099 of the observations, 1,469.1 of the level's steps a year. What is
    /// expected was computed another way, as the last level of the least-squares solution for
    /// all levels up to then.
    @Test func theNile() {
        var harness = harness(
            .randomWalk(.density(1_469.1)), sigmas: [(15_099.0).squareRoot()])
        for (year, flow) in [1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140].enumerated()
        {
            harness.take(Number(flow) * .decimal(mantissa: 10_000, scale: 4), 0, at: Double(year))
        }
        let levels = harness.values.map(\.reading.number.double)
        for (year, expected) in [
            (0, 1120), (1, 1140.92784), (2, 1072.79853), (4, 1129.97214), (9, 1162.902615),
        ] {
            #expect((levels[year] - expected).magnitude < 1e-5, "year \(year)")
        }
    }

    /// Several measurements in a round are as one of their weighted mean.
    @Test func measurementsOfARoundAreAsTheirMean() {
        var three = harness(.randomWalk(.density(0.3)), sigmas: [1, 2, 2])
        var one = harness(
            .randomWalk(.density(0.3)), sigmas: [(1 / 1.5).squareRoot()])
        for (second, values) in [[1.0, 2, 3], [2, 2.5, 1], [4, 5, 3]].enumerated() {
            three.round(values, at: Double(second))
            let mean = (4 * values[0] + values[1] + values[2]) / 6
            one.take(FuserHarness.number(mean, places: 15), 0, at: Double(second))
        }
        #expect(three.weights.map { ($0 * 6).rounded() } == [4, 1, 1])
        for (a, b) in zip(three.values, one.values) {
            #expect((a.reading.number.double - b.reading.number.double).magnitude < 1e-3)
        }
    }

    /// Without process noise a filter of constant velocity is the least-squares line.
    @Test func constantVelocityIsTheLineOfBestFit() {
        var harness = harness(.constantVelocity(density: 0), sigmas: [0.7])
        let times = [0.0, 1, 3, 4, 8]
        let values = [1.0, 2.2, 5.1, 6.3, 13]
        for (time, value) in zip(times, values) {
            harness.take(.decimal(mantissa: Int64(value * 1e6), scale: 6), 0, at: time)
        }
        let count = Double(times.count)
        let meanTime = times.reduce(0, +) / count
        let mean = values.reduce(0, +) / count
        let slope =
            zip(times, values).reduce(0) { $0 + ($1.0 - meanTime) * ($1.1 - mean) }
            / times.reduce(0) { $0 + ($1 - meanTime) * ($1 - meanTime) }
        let expected = mean + slope * (8 - meanTime)
        let last = harness.values.last?.reading.number.double ?? 0
        #expect((last - expected).magnitude < 1e-6)
    }

    /// With noise it follows a ramp without lag, which a random walk does not.
    @Test func constantVelocityFollowsARamp() {
        for (model, most, least) in [
            (.constantVelocity(density: 0.01), 0.01, 0), (.randomWalk(.density(0.1)), 5, 1),
        ] as [(FusionPlan.Kalman.Model, Double, Double)] {
            var harness = harness(model, sigmas: [1])
            for second in 0...200 { harness.take(Number(second), 0, at: Double(second)) }
            let lag = 200 - (harness.values.last?.reading.number.double ?? 0)
            #expect(lag <= most && lag >= least)
        }
    }

    /// The gain settles at dt / (T + dt): the answer to a step is that of a first-order lag,
    /// whatever the sigmas are.
    @Test(arguments: [0.01, 1, 100]) func timeConstant(sigma: Double) {
        var harness = harness(.randomWalk(.timeConstant(9_000_000)), sigmas: [sigma])
        for second in 0..<200 { harness.take(Number(0), 0, at: Double(second)) }
        harness.take(FuserHarness.number(1_000), 0, at: 200)
        harness.take(FuserHarness.number(1_000), 0, at: 201)
        #expect(harness.text.suffix(2) == ["200.0 100", "201.0 190"])
    }

    /// One input that jumps is gated; when all do, the filter holds, and then begins anew.
    @Test func gates() {
        var harness = harness(
            .randomWalk(.density(0.01)), sigmas: [1, 1],
            gate: .init(confidence: 0.9999, patience: 3))
        for second in 0..<20 { harness.round([10, 10], at: Double(second)) }
        harness.round([10, 50], at: 20)
        #expect(harness.text.last == "20.0 10")
        #expect(harness.verdicts == ["used", "gated"])
        #expect(harness.weights == [1, 0])
        for second in 21...22 {
            harness.round([50, 50], at: Double(second))
            #expect(harness.text.last == "\(second).0 10")
            #expect(harness.verdicts == ["gated", "gated"])
            #expect(harness.values.last?.reading.quality.level == .uncertain)
        }
        harness.round([50, 50], at: 23)
        #expect(harness.text.last == "23.0 50")
        #expect(harness.values.last?.reading.quality == Quality(.uncertain, .jump))
        harness.round([50, 50], at: 24)
        #expect(harness.values.last?.reading.quality == .good)
    }

    /// A late round is a measurement too, of the present.
    @Test func timeNeverGoesBack() {
        var harness = harness(.randomWalk(.density(1)), sigmas: [1])
        harness.take(Number(0), 0, at: 1_000)
        harness.take(Number(1), 0, at: 10)
        harness.take(Number(1), 0, at: 1_001)
        let values = harness.values.map(\.reading.number.double)
        #expect(values[1] == 0.5)
        #expect(values[2] > 0.5 && values[2] < 1)
    }
}
