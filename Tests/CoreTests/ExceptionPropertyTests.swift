import Core
import Simulator
import Testing

/// Whatever comes, in whatever order: what is drawn from the samples is nowhere further from a
/// reading than the deviation.
@Suite struct ExceptionPropertyTests {
    enum Signal: CaseIterable {
        case walk, noise, steps, constant, ramp, wave

        func value(at step: Int, after last: Double, _ generator: inout SplitMix) -> Double {
            switch self {
            case .walk: last + Double.random(in: -1...1, using: &generator)
            case .noise: Double.random(in: -3...3, using: &generator)
            case .steps:
                Int.random(in: 0..<20, using: &generator) == 0
                    ? Double.random(in: -50...50, using: &generator) : last
            case .constant: 21.5
            case .ramp: Double(step) * 0.125
            case .wave: 40 * Signal.parabolas(Double(step) / 2_000)
            }
        }

        /// A parabola up, a parabola down.
        private static func parabolas(_ phase: Double) -> Double {
            let half = phase - phase.rounded(.down)
            return half < 0.5 ? 16 * half * (0.5 - half) : -16 * (half - 0.5) * (1 - half)
        }
    }

    /// Disorder, equal times, pauses and changes of quality.
    private func run(
        _ trace: inout Trace, _ signal: Signal, isWild: Bool, _ generator: inout SplitMix,
        number: (Double, inout SplitMix) -> Number
    ) throws {
        var time: Int64 = 1_000_000_000
        var value = 0.0
        var quality = Quality.good
        for step in 0..<700 {
            value = signal.value(at: step, after: value, &generator)
            time += isWild ? Int64.random(in: 1...2_000, using: &generator) : 1_000
            var own = time
            if isWild {
                switch Int.random(in: 0..<100, using: &generator) {
                case 0..<8: own -= Int64.random(in: 0...6_000, using: &generator)
                case 8..<12: own = trace.taken.last?.time.microseconds ?? own
                case 12: time += Int64.random(in: 1...100_000, using: &generator)
                case 13..<15:
                    quality = Quality(Quality.Level.allCases.randomElement(using: &generator)!)
                default: break
                }
            }
            trace.take(own, number(value, &generator), quality)
            if step % 97 == 0 {
                var writer = ByteWriter()
                trace.filter.encode(into: &writer)
                var reader = ByteReader(writer.bytes)
                let copy = try ExceptionFilter(from: &reader)
                try reader.expectEnd()
                #expect(copy == trace.filter)
                trace.filter = copy
            }
        }
        trace.flush()
    }

    private func plan(
        _ method: ExceptionPlan.Method, _ deviation: Number
    ) throws -> ExceptionPlan {
        try ExceptionPlan(
            method, deviation: deviation, maximumInterval: 120_000, silence: 50_000)
    }

    @Test(arguments: ExceptionPlan.Method.allCases, [UInt64(51), 52, 53])
    func decimalsKeepTheBound(method: ExceptionPlan.Method, seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for signal in Signal.allCases {
            for deviation: Int64 in [0, 1, 25, 200] {
                var trace = Trace(
                    try plan(method, .decimal(mantissa: deviation, scale: 2)))
                // As devices write them: of as many places as it takes, now and then a double.
                try run(&trace, signal, isWild: true, &generator) { value, generator in
                    let scale = UInt8.random(in: 0...3, using: &generator)
                    if Int.random(in: 0..<50, using: &generator) == 0 {
                        return .binary((value * 8).rounded() / 8)
                    }
                    return Number(value, roundedTo: scale) ?? .zero
                }
                #expect(trace.fault == nil, "seed \(seed), \(signal), \(deviation)")
            }
        }
    }

    /// Doubles of 53 bits, in units of 2^-30: what is drawn is compared exactly, the filter
    /// has to do with rounding.
    @Test(arguments: ExceptionPlan.Method.allCases, [UInt64(61), 62, 63])
    func doublesKeepTheBound(method: ExceptionPlan.Method, seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for signal in Signal.allCases {
            for deviation in [0, 0x1p-30, 0.3, 2.7] {
                let bound = (deviation * 0x1p30).rounded() * 0x1p-30
                let offset = Double.random(in: -4_000_000...4_000_000, using: &generator)
                var trace = Trace(try plan(method, .binary(bound))) {
                    Int128(($0.double * 0x1p30).rounded())
                }
                try run(&trace, signal, isWild: true, &generator) { value, _ in
                    .binary(((value + offset) * 0x1p30).rounded() * 0x1p-30)
                }
                #expect(trace.fault == nil, "seed \(seed), \(signal), \(deviation)")
            }
        }
    }

    /// 0.3 and a little more, of which a difference of doubles keeps nothing.
    @Test(arguments: ExceptionPlan.Method.allCases)
    func roundingIsAllowedFor(method: ExceptionPlan.Method) throws {
        for sign in [1.0, -1] {
            var trace = Trace(try plan(method, .binary(0.3))) { Int128($0.double * 0x1p70) }
            for (step, value) in [-0x1p-60, 0.3, 0].enumerated() {
                trace.take(Int64(step), .binary(sign * value))
            }
            trace.flush()
            #expect(trace.fault == nil)
            #expect(trace.samples.count == 3)
        }
    }

    @Test(arguments: ExceptionPlan.Method.allCases)
    func smoothSignalsTakeFewSamples(method: ExceptionPlan.Method) throws {
        var generator = SplitMix(seed: 71)
        for signal in [Signal.constant, .ramp, .wave] {
            var trace = Trace(try plan(method, Number(1)))
            try run(&trace, signal, isWild: false, &generator) { value, _ in
                Number(value, roundedTo: 2) ?? .zero
            }
            #expect(trace.fault == nil, "\(signal)")
            #expect(trace.samples.count * 4 < trace.taken.count, "\(signal)")
        }
    }

    /// Against a door that keeps all readings and asks each of them.
    @Test(arguments: [UInt64(81), 82, 83])
    func theFunnelIsTheOneOfAllReadings(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for signal in Signal.allCases {
            let deviation = Number.decimal(mantissa: 50, scale: 2)
            var trace = Trace(
                try ExceptionPlan(
                    .swingingDoor, deviation: deviation, maximumInterval: .max, silence: .max))
            try run(&trace, signal, isWild: false, &generator) { value, _ in
                Number(value, roundedTo: 2) ?? .zero
            }
            var expected = [trace.taken[0]]
            var between: [Reading] = []
            for reading in trace.taken.dropFirst() {
                let anchor = expected[expected.count - 1]
                let fits = between.allSatisfy { passes($0, from: anchor, to: reading, deviation) }
                if !fits, let held = between.last {
                    expected.append(held)
                    between.removeAll()
                }
                between.append(reading)
            }
            expected += between.suffix(1)
            #expect(trace.samples == expected, "seed \(seed), \(signal)")
        }
    }

    private func passes(
        _ reading: Reading, from: Reading, to: Reading, _ deviation: Number
    ) -> Bool {
        let span = Int128(to.time - from.time)
        let value = Trace.millionths(reading.number) - Trace.millionths(from.number)
        let rise = Trace.millionths(to.number) - Trace.millionths(from.number)
        let off = value * span - rise * Int128(reading.time - from.time)
        return off.magnitude <= (Trace.millionths(deviation) * span).magnitude
    }

    /// Numbers that do not fit one scale, and the largest there are.
    @Test(arguments: ExceptionPlan.Method.allCases, [UInt64(91), 92])
    func extremesBreakNothing(method: ExceptionPlan.Method, seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        #expect(MemoryLayout<ExceptionFilter>.stride <= 120)
        for deviation: Number in [
            .zero, .decimal(mantissa: .max, scale: 0), .decimal(mantissa: 1, scale: 18),
            .binary(1e60), .binary(.leastNonzeroMagnitude),
        ] {
            var trace = Trace(try plan(method, deviation))
            for _ in 0..<2_000 {
                let scale = UInt8.random(in: 0...18, using: &generator)
                let number: Number =
                    switch Int.random(in: 0..<6, using: &generator) {
                    case 0: .binary(Bool.random(using: &generator) ? 1e60 : -1e60)
                    case 1: .binary(.leastNonzeroMagnitude)
                    case 2: .decimal(mantissa: .min, scale: scale)
                    case 3: .decimal(mantissa: .max, scale: scale)
                    default:
                        .decimal(
                            mantissa: Int64.random(in: -99...99, using: &generator), scale: scale)
                    }
                trace.take(
                    Bool.random(using: &generator)
                        ? Int64.random(in: 0...200, using: &generator)
                        : Int64.random(
                            in: 0...Timestamp.latest.microseconds, using: &generator),
                    number)
            }
            trace.flush()
            #expect(trace.samples.count <= trace.taken.count)
        }
    }
}
