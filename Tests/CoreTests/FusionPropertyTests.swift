import Core
import Simulator
import Testing

@Suite struct FusionPropertyTests {
    static let methods: [FusionPlan.Method] = [
        .mean, .median, .trimmedMean(fraction: 0.3), .inverseVariance(.given),
        .inverseVariance(.learnt),
        .vote(.init(needed: 2, test: .above(limit: 21, hysteresis: 1), degradation: .safe)),
        .kalman(
            .init(
                model: .randomWalk(.timeConstant(20_000_000)), variances: .learnt,
                gate: .init(confidence: 0.999, patience: 2))),
        .kalman(.init(model: .constantVelocity(density: 0.1), variances: .given)),
        .complementary(timeConstant: 30_000_000),
    ]

    static let alignments: [FusionPlan.Alignment] = [
        .round, .asOf(leading: 1), .asOf(leading: nil),
        .grid(every: 2_000_000, .asOf, delay: 3_000_000),
        .grid(every: 3_000_000, .interpolated, delay: 3_000_000),
    ]

    private func plan(
        _ method: FusionPlan.Method, _ alignment: FusionPlan.Alignment, _ random: inout SplitMix
    ) -> FusionPlan {
        var plan = FuserHarness.plan(
            method, inputs: 4, sigmas: [0.5, 1, 0.7, 1.5], quorum: 2, tolerance: 2)
        plan.alignment = alignment
        plan.memory = 200_000_000
        if random.next() % 2 == 0 { plan.stale = 6_000_000 }
        switch random.next() % 3 {
        case 0: plan.outliers = .hampel(factor: 3, floor: 0.2)
        case 1: plan.outliers = .chiSquare(.init(confidence: 0.99, inputs: 4))
        default: break
        }
        if random.next() % 2 == 0 {
            plan.watch = FusionPlan.Watch()
            plan.watch?.timeConstant = 60_000_000
            plan.watch?.limit = 1.5
        }
        return plan
    }

    private struct Step {
        var reading: Reading
        var input: Int
        var arrival: Timestamp
        var isTick: Bool
    }

    /// Readings in disorder, with faults, gaps, jumps and values beyond all measure.
    private func steps(_ count: Int, wild: Bool, _ random: inout SplitMix) -> [Step] {
        var now = 1_000.0
        return (0..<count).map { _ in
            now += random.next() % 50 == 0 ? 20 : random.even() * 0.7
            let time = random.next() % 10 == 0 ? now - random.even() * 5 : now
            var value = 20 + random.normal()
            if random.next() % 20 == 0 { value += 30 }
            var number = FuserHarness.number(value, places: 2)
            if wild, random.next() % 5 == 0 {
                number =
                    [.binary(1e60), .binary(-1e60), .zero, .binary(1e-300)][
                        Int(random.next() % 4)]
            }
            let quality: Quality =
                switch random.next() % 12 {
                case 0: Quality(.bad, .device)
                case 1: Quality(.uncertain, .outOfRange)
                default: .good
                }
            return Step(
                reading: Reading(
                    time: FuserHarness.time(wild && random.next() % 40 == 0 ? 0 : time),
                    number: number, quality: quality),
                input: Int(random.next() % 4), arrival: FuserHarness.time(now),
                isTick: random.next() % 8 == 0)
        }
    }

    private func play(
        _ steps: ArraySlice<Step>, _ fuser: inout Fuser, _ plan: FusionPlan,
        places: [Int] = [0, 1, 2, 3]
    ) -> [FusionOutcome] {
        var outcomes: [FusionOutcome] = []
        for step in steps {
            if step.isTick {
                fuser.tick(now: step.arrival, waitingSince: .epoch, plan: plan) {
                    outcomes.append($0)
                }
            }
            fuser.take(
                step.reading, input: places[step.input], arrival: step.arrival, plan: plan
            ) { outcomes.append($0) }
        }
        return outcomes
    }

    @Test(arguments: 0..<Self.methods.count) func aSnapshotContinuesTheSame(method: Int) throws {
        for (number, alignment) in Self.alignments.enumerated() {
            let seed = UInt64(method * 100 + number)
            var random = SplitMix(seed: seed)
            let plan = plan(Self.methods[method], alignment, &random)
            let steps = steps(400, wild: number % 2 == 0, &random)
            let cut = Int(random.next() % 400)
            var whole = Fuser(plan)
            let expected = play(steps[...], &whole, plan)
            #expect(!expected.isEmpty)
            var first = Fuser(plan)
            var outcomes = play(steps[..<cut], &first, plan)
            var writer = ByteWriter()
            first.encode(into: &writer, plan: plan)
            var reader = ByteReader(writer.bytes)
            var second = try Fuser(from: &reader, plan: plan)
            try reader.expectEnd()
            var again = ByteWriter()
            second.encode(into: &again, plan: plan)
            #expect(again.bytes == writer.bytes, "seed \(seed)")
            outcomes += play(steps[cut...], &second, plan)
            #expect(outcomes == expected, "seed \(seed) cut \(cut)")
        }
    }

    /// Bytes that anyone may have written give an error or a state that goes on, never a trap.
    @Test(arguments: 0..<Self.methods.count) func hostileBytesNeverTrap(method: Int) {
        var refused = 0
        for (number, alignment) in Self.alignments.enumerated() {
            let seed = UInt64(method * 100 + number)
            var random = SplitMix(seed: seed)
            let plan = plan(Self.methods[method], alignment, &random)
            let steps = steps(200, wild: true, &random)
            var fuser = Fuser(plan)
            _ = play(steps[..<150], &fuser, plan)
            var writer = ByteWriter()
            fuser.encode(into: &writer, plan: plan)
            for _ in 0..<300 {
                var bytes = writer.bytes
                for _ in 0...(random.next() % 6) {
                    bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(random.next() % 256)
                }
                if random.next() % 4 == 0 { bytes.removeLast(Int(random.next() % 8)) }
                var reader = ByteReader(bytes)
                guard var other = try? Fuser(from: &reader, plan: plan) else {
                    refused += 1
                    continue
                }
                _ = play(steps[150...], &other, plan)
                other.end(plan: plan) { _ in }
            }
        }
        #expect(refused > 0)
    }

    /// How the inputs are numbered makes no difference.
    @Test(arguments: 0..<Self.methods.count - 1) func orderOfInputsDoesNotMatter(method: Int) {
        for (number, alignment) in Self.alignments.enumerated() {
            let seed = UInt64(method * 100 + number)
            var random = SplitMix(seed: seed)
            let plan = plan(Self.methods[method], alignment, &random)
            let steps = steps(400, wild: false, &random)
            let places = [0, 1, 2, 3].shuffled(using: &random)
            var other = plan
            for (from, to) in places.enumerated() { other.inputs[to] = plan.inputs[from] }
            if case .asOf(.some(let leading)) = alignment {
                other.alignment = .asOf(leading: places[leading])
            }
            var (one, two) = (Fuser(plan), Fuser(other))
            let expected = play(steps[...], &one, plan)
            let found = play(steps[...], &two, other, places: places)
            #expect(found.count == expected.count, "seed \(seed)")
            for (a, b) in zip(expected, found) {
                guard case .value(let left) = a, case .value(let right) = b else { continue }
                #expect(left.reading == right.reading, "seed \(seed)")
                #expect(left.spread == right.spread)
                #expect(
                    left.provenance.indices.allSatisfy {
                        left.provenance[$0].verdict == right.provenance[places[$0]].verdict
                    }, "seed \(seed)")
            }
        }
    }

    /// The weights of what is used add up to one.
    @Test func weightsAddUpToOne() {
        for (index, method) in Self.methods.enumerated() {
            if case .vote = method { continue }
            var random = SplitMix(seed: UInt64(index))
            let plan = plan(method, .round, &random)
            var fuser = Fuser(plan)
            for outcome in play(steps(300, wild: false, &random)[...], &fuser, plan) {
                guard case .value(let value) = outcome, value.inputs > 0 else { continue }
                // Of two inputs; the plan has four.
                if case .complementary = method,
                    value.provenance.prefix(2).allSatisfy({ $0.verdict != .used })
                {
                    continue
                }
                let sum = value.provenance.reduce(0) { $0 + $1.weight }
                #expect((sum - 1).magnitude < 1e-9, "method \(index)")
                for share in value.provenance where share.verdict != .used {
                    #expect(share.weight == 0)
                }
            }
        }
    }
}
