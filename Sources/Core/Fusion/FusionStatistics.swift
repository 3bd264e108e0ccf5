/// What the rounds teach about the inputs: how far each scatters about the others, and where
/// it stands.
///
/// **Variance.** The exponentially weighted mean of the squared residual against the weighted
/// mean of the *others* (leave one out, so that an input is never compared with itself), with
/// the memory of the plan: it has come within 5 % after three memories, and is not used before
/// 30 rounds. Residuals count for no more than three standard deviations. No input's variance
/// is taken as less than a quarter of the mean of all, or than rounding makes (step^2/12), so
/// that no input can take the weight of all.
///
/// **Disagreement.** The variance between the inputs beyond what their stated sigmas explain,
/// added to each: random effects, as of Mandel and Paule (1970), here as a running mean over
/// two memories. Residuals can't tell which of several inputs with common errors is right; so
/// what is beyond the sigmas makes weights more alike instead of less.
///
/// **Bias.** The running mean of the residual, for the watch; each counts for no more than
/// twice its limit. A drift of many days is learnt as disagreement before it is beyond the
/// limit; so a longer mean is held against the stated sigma alone. There a residual counts for
/// no more than one and a quarter of the limit, so that it takes days.
struct FusionStatistics: Hashable, Sendable {
    struct Input: Hashable, Sendable {
        var variance = 0.0
        var rounds: UInt32 = 0
        /// The mean residual over the watch's time constant, and over twelve of them.
        var bias = 0.0
        var longBias = 0.0
        var isDrifting = false
        var isStuck = false
        var run = StuckRun()
    }

    /// Rounds before anything learnt is used.
    static let warmUp: UInt32 = 30
    private static let floor = 0.25
    /// Residuals count for no more than three standard deviations.
    private static let winsor = 9.0
    var inputs: [Input]
    /// Variance between the inputs beyond their sigmas.
    private(set) var disagreement = 0.0
    private(set) var rounds: UInt32 = 0
    private var last = Timestamp.epoch

    init(inputs: Int) { self.inputs = Array(repeating: Input(), count: inputs) }

    /// Sets the variances of all that have a reading.
    ///
    /// - Returns: whether enough has been learnt to judge by them.
    func rate(_ frame: inout FusionFrame, _ plan: FusionPlan) -> Bool {
        var sum = 0.0
        var known = 0
        for input in inputs where input.rounds >= Self.warmUp {
            sum += input.variance
            known += 1
        }
        let least = known > 0 ? Self.floor * sum / Double(known) : 0
        var isKnown = true
        for index in frame.places.indices {
            guard let reading = frame.places[index].reading else { continue }
            let input = inputs[index]
            let learnt =
                input.rounds >= Self.warmUp
                ? max(input.variance, least, Self.rounding(reading.number)) : nil
            let stated = plan.inputs[index].sigma.map { $0 * $0 }
            guard let variance = stated ?? learnt else {
                isKnown = false
                continue
            }
            let scatter = min(variance, learnt ?? variance) + disagreement
            frame.places[index].variance = variance + (stated == nil ? 0 : disagreement)
            frame.places[index].scatter = scatter
            frame.places[index].weightVariance = plan.variances == .learnt ? scatter : variance
        }
        if !isKnown {
            for index in frame.places.indices {
                frame.places[index].variance = 1
                frame.places[index].scatter = 1
                frame.places[index].weightVariance = 1
            }
        }
        return isKnown && rounds >= Self.warmUp
    }

    /// Of a value that was rounded to its last place; above 0 also where that says nothing.
    private static func rounding(_ number: Number) -> Double {
        let step = 1 / Number.power(number.scale)
        let relative = number.double * 1e-12
        return step * step / 12 + relative * relative
    }

    /// Learns from a round.
    ///
    /// - Parameter frame: rated, and rid of outliers.
    mutating func learn(_ frame: FusionFrame, _ plan: FusionPlan, isReady: Bool) {
        let passed = last == .epoch ? 0 : max(0, frame.time - last)
        last = max(last, frame.time)
        rounds = min(rounds + 1, .max / 2)
        if frame.order.count >= 2 { learnDisagreement(frame, plan, passed, isReady) }
        for index in frame.places.indices
        where frame.places[index].reading != nil && frame.shares[index].verdict != .bad {
            guard let others = frame.mean(without: index) else { continue }
            let place = frame.places[index]
            let residual = place.value - others
            if frame.shares[index].verdict == .used {
                learnVariance(index, residual * residual, place.variance, passed, plan.memory)
            }
            guard let watch = plan.watch, isReady else { continue }
            inputs[index].run.add(place.value, others: others)
            guard !inputs[index].isStuck else { continue }
            let limit = 2 * watch.limit * place.variance.squareRoot()
            let bounded = min(max(residual, -limit), limit)
            inputs[index].bias +=
                Self.gain(passed, watch.timeConstant) * (bounded - inputs[index].bias)
            guard let sigma = plan.inputs[index].sigma else { continue }
            let most = 1.25 * watch.longLimit * sigma
            inputs[index].longBias +=
                Self.gain(passed, 12 * watch.timeConstant)
                * (min(max(residual, -most), most) - inputs[index].longBias)
        }
    }

    private mutating func learnVariance(
        _ index: Int, _ square: Double, _ variance: Double, _ passed: Microseconds,
        _ memory: Microseconds
    ) {
        let count = min(inputs[index].rounds + 1, .max / 2)
        inputs[index].rounds = count
        let bounded = count > Self.warmUp ? min(square, Self.winsor * variance) : square
        let gain = max(1 / Double(count), Self.gain(passed, memory))
        inputs[index].variance += gain * (bounded - inputs[index].variance)
    }

    private mutating func learnDisagreement(
        _ frame: FusionFrame, _ plan: FusionPlan, _ passed: Microseconds, _ isReady: Bool
    ) {
        let count = Double(frame.order.count)
        var mean = 0.0
        var stated = 0.0
        for index in frame.order {
            guard let sigma = plan.inputs[index].sigma else { return }
            mean += frame.places[index].value / count
            stated += sigma * sigma / count
        }
        var between = 0.0
        for index in frame.order {
            let deviation = frame.places[index].value - mean
            between += deviation * deviation / (count - 1)
        }
        if isReady { between = min(between, Self.winsor * (stated + disagreement)) }
        let gain = max(1 / Double(rounds), Self.gain(passed, 2 * plan.memory))
        disagreement = max(0, disagreement + gain * (between - stated - disagreement))
    }

    /// Of a first-order lag; a gap counts for no more than a thirtieth of the time constant.
    private static func gain(_ passed: Microseconds, _ constant: Microseconds) -> Double {
        let span = Double(constant)
        let step = min(Double(passed), span / 30)
        return step / (span + step)
    }
}

extension FusionStatistics {
    func encode(into writer: inout ByteWriter) {
        writer.varint(UInt64(rounds))
        writer.time(last)
        writer.double(disagreement)
        for input in inputs {
            writer.varint(UInt64(input.rounds))
            writer.double(input.variance)
            writer.double(input.bias)
            writer.double(input.longBias)
            writer.byte(input.isDrifting ? 1 : 0)
            writer.byte(input.isStuck ? 1 : 0)
            input.run.encode(into: &writer)
        }
    }

    init(from reader: inout ByteReader, inputs count: Int) throws(FormatError) {
        rounds = try reader.rounds()
        last = try reader.time()
        disagreement = try reader.variance()
        inputs = []
        for _ in 0..<count {
            var input = Input()
            input.rounds = try reader.rounds()
            input.variance = try reader.variance()
            input.bias = try reader.level()
            input.longBias = try reader.level()
            input.isDrifting = try reader.flag()
            input.isStuck = try reader.flag()
            input.run = try StuckRun(from: &reader)
            inputs.append(input)
        }
    }
}

extension ByteReader {
    fileprivate mutating func rounds() throws(FormatError) -> UInt32 {
        let count = try varint()
        guard count <= UInt32.max / 2 else { throw .malformed("\(count) rounds") }
        return UInt32(count)
    }
}
