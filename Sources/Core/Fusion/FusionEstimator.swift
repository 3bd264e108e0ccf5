/// Makes one value of the inputs that are used, by the method of the plan, and remembers what
/// the method needs from round to round.
struct FusionEstimator: Hashable, Sendable {
    struct Estimate {
        var number: Number
        /// On top of the quality of the inputs.
        var quality = Quality.good
    }

    private var kalman = KalmanFilter()
    private var complementary = ComplementaryFilter()
    /// Of each input, as it last voted.
    private var votes: [Bool]

    init(_ plan: FusionPlan) {
        if case .vote = plan.method {
            votes = Array(repeating: false, count: plan.inputs.count)
        } else {
            votes = []
        }
    }

    /// - Parameter frame: at least one input is used; gets the weights.
    /// - Returns: `nil` where the method can't begin yet.
    mutating func estimate(_ frame: inout FusionFrame, _ plan: FusionPlan) -> Estimate? {
        switch plan.method {
        case .mean: return trimmedMean(&frame, 0)
        case .trimmedMean(let fraction): return trimmedMean(&frame, fraction)
        case .median: return median(&frame)
        case .inverseVariance: return rounded(weigh(&frame).value, frame)
        case .vote(let voting): return vote(&frame, voting)
        case .kalman(let kalman): return filter(&frame, kalman)
        case .complementary(let constant): return complement(&frame, constant)
        case .formula(let program): return evaluate(program, &frame)
        }
    }

    private func rounded(_ value: Double, _ frame: FusionFrame) -> Estimate? {
        Number(value, roundedTo: frame.decimalPlaces).map { Estimate(number: $0) }
    }

    // MARK: Means

    private func trimmedMean(_ frame: inout FusionFrame, _ fraction: Double) -> Estimate? {
        let count = frame.order.count
        let cut = min(Int(Double(count) * fraction), (count - 1) / 2)
        let kept = frame.order[cut..<(count - cut)]
        var total = 0.0
        for input in kept {
            total += frame.places[input].value
            frame.shares[input].weight = 1 / Double(kept.count)
        }
        return rounded(total / Double(kept.count), frame)
    }

    /// Exact while it fits a decimal.
    private func median(_ frame: inout FusionFrame) -> Estimate {
        let middle = frame.order.count / 2
        let upper = frame.order[middle]
        guard frame.order.count.isMultiple(of: 2) else {
            frame.shares[upper].weight = 1
            return Estimate(number: frame.number(upper))
        }
        let lower = frame.order[middle - 1]
        frame.shares[lower].weight = 0.5
        frame.shares[upper].weight = 0.5
        let half = Number.decimal(mantissa: 5, scale: 1)
        return Estimate(number: (frame.number(lower) + frame.number(upper)) * half)
    }

    /// The weighted mean and one over its variance; sets the weights.
    private func weigh(_ frame: inout FusionFrame) -> (value: Double, information: Double) {
        let (mean, information) = frame.weightedMean()
        for input in frame.order {
            frame.shares[input].weight = 1 / frame.places[input].weightVariance / information
        }
        return (mean, information)
    }

    // MARK: Formulas

    /// Of all inputs, in their order.
    private func evaluate(_ program: FormulaProgram, _ frame: inout FusionFrame) -> Estimate? {
        frame.distances.removeAll(keepingCapacity: true)
        for place in frame.places { frame.distances.append(place.value) }
        return program.evaluate(frame.distances.span).flatMap {
            // In another unit than the inputs': their places say little about its own.
            Number(significant: $0, roundedTo: frame.decimalPlaces)
        }.map { Estimate(number: $0) }
    }

    // MARK: Votes

    private mutating func vote(
        _ frame: inout FusionFrame, _ voting: FusionPlan.Voting
    ) -> Estimate {
        var count = 0
        for input in frame.order {
            votes[input] = voting.vote(frame.places[input].value, before: votes[input])
            if votes[input] { count += 1 }
        }
        let isTripped =
            count >= voting.needed(good: frame.order.count, inputs: frame.places.count)
        for input in frame.order where votes[input] != isTripped {
            frame.shares[input].verdict = .outvoted
        }
        return Estimate(number: Number(isTripped ? 1 : 0))
    }

    // MARK: Filters

    private mutating func filter(
        _ frame: inout FusionFrame, _ plan: FusionPlan.Kalman
    ) -> Estimate? {
        let places = frame.decimalPlaces
        let (mean, information) = weigh(&frame)
        if kalman.stage == .empty {
            kalman.begin(mean, variance: 1 / information, at: frame.time)
            return rounded(kalman.level, frame)
        }
        if kalman.stage == .level, case .constantVelocity(let density) = plan.model {
            kalman.beginSlope(
                mean, variance: 1 / information, at: frame.time, density: density)
            return soundOrRestarted(frame, mean, information, places)
        }
        kalman.predict(to: frame.time, plan.model, variance: 1 / information)
        if let gate = plan.gate, !passGate(&frame, gate) {
            guard kalman.rejections >= gate.patience else {
                return Number(kalman.level, roundedTo: places).map {
                    Estimate(number: $0, quality: Quality(.uncertain, .jump))
                }
            }
            for input in frame.places.indices where frame.shares[input].verdict == .gated {
                frame.shares[input].verdict = .used
                frame.order.append(input)
            }
            frame.sort()
            _ = weigh(&frame)
            kalman.begin(mean, variance: 1 / information, at: frame.time)
            return Number(mean, roundedTo: places).map {
                Estimate(number: $0, quality: Quality(.uncertain, .jump))
            }
        }
        for input in frame.order {
            kalman.update(
                frame.places[input].value, variance: frame.places[input].weightVariance)
        }
        return soundOrRestarted(frame, mean, information, places)
    }

    private mutating func soundOrRestarted(
        _ frame: FusionFrame, _ mean: Double, _ information: Double, _ places: UInt8
    ) -> Estimate? {
        if !kalman.isSound { kalman.begin(mean, variance: 1 / information, at: frame.time) }
        return Number(kalman.level, roundedTo: places).map { Estimate(number: $0) }
    }

    /// Leaves out what is too far from the prediction. Whether anything is left.
    private mutating func passGate(
        _ frame: inout FusionFrame, _ gate: FusionPlan.Kalman.Gate
    ) -> Bool {
        let before = frame.order.count
        for input in frame.places.indices where frame.shares[input].verdict == .used {
            let place = frame.places[input]
            let distance = kalman.normalizedInnovation(
                place.value, variance: place.weightVariance)
            if distance > gate.threshold { frame.reject(input, .gated) }
        }
        kalman.rejections = frame.order.isEmpty ? min(kalman.rejections + 1, .max / 2) : 0
        if !frame.order.isEmpty, frame.order.count < before { _ = weigh(&frame) }
        return !frame.order.isEmpty
    }

    private mutating func complement(
        _ frame: inout FusionFrame, _ constant: Microseconds
    ) -> Estimate? {
        func value(_ input: Int) -> Double? {
            frame.shares.indices.contains(input) && frame.shares[input].verdict == .used
                ? frame.places[input].value : nil
        }
        let (slow, quick) = (value(0), value(1))
        guard
            let step = complementary.step(
                slow: slow, quick: quick, at: frame.time, timeConstant: constant)
        else { return nil }
        if slow != nil { frame.shares[0].weight = quick == nil ? 1 : step.slowPart }
        if quick != nil { frame.shares[1].weight = slow == nil ? 1 : 1 - step.slowPart }
        return rounded(step.value, frame)
    }
}

extension FusionEstimator {
    func encode(into writer: inout ByteWriter, _ plan: FusionPlan) {
        switch plan.method {
        case .kalman: kalman.encode(into: &writer)
        case .complementary: complementary.encode(into: &writer)
        case .vote: for vote in votes { writer.byte(vote ? 1 : 0) }
        case .mean, .median, .trimmedMean, .inverseVariance, .formula: break
        }
    }

    init(from reader: inout ByteReader, _ plan: FusionPlan) throws(FormatError) {
        self.init(plan)
        switch plan.method {
        case .kalman: kalman = try KalmanFilter(from: &reader)
        case .complementary: complementary = try ComplementaryFilter(from: &reader)
        case .vote: for input in votes.indices { votes[input] = try reader.flag() }
        case .mean, .median, .trimmedMean, .inverseVariance, .formula: break
        }
    }
}
