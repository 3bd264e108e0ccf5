import Core
import Simulator
import Testing

@Suite struct AggregateTests {
    @Test func namesGoBothWays() {
        for aggregate in Aggregate.simple + [.quantile(9_500), .quantile(9_990), .quantile(50)] {
            #expect(Aggregate(name: aggregate.name) == aggregate)
        }
        #expect(Aggregate(name: "p99.9") == .quantile(9_990))
        for wrong in ["p0", "p100", "p-5", "pX", "average", ""] {
            #expect(Aggregate(name: wrong) == nil)
        }
    }

    /// Against plain integers: any order, any scales, the same sum to the last digit.
    @Test(arguments: [UInt64(1), 2, 3])
    func sumsAreExact(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var sum = ExactSum()
        var parts = (ExactSum(), ExactSum())
        var expected: Int64 = 0
        for index in 0..<1_000 {
            let scale = UInt8.random(in: 0...6, using: &generator)
            let mantissa = Int64.random(in: -1_000_000...1_000_000, using: &generator)
            let number = Number.decimal(mantissa: mantissa, scale: scale)
            sum.add(number)
            if index % 3 == 0 { parts.0.add(number) } else { parts.1.add(number) }
            expected += mantissa * [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1][Int(scale)]
        }
        #expect(sum.number.normalized == Number.decimal(mantissa: expected, scale: 6).normalized)
        parts.0.merge(parts.1)
        #expect(parts.0.number.normalized == sum.number.normalized)
    }

    @Test func sumsOfDoublesAreCompensated() {
        var sum = ExactSum()
        for value in [1e100, 1.0, -1e100] { sum.add(.binary(value)) }
        #expect(sum.number == .binary(1))
    }

    @Test(arguments: [UInt64(5), 6])
    func momentsMerge(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let values = (0..<1_000).map { _ in Double.random(in: 20...30, using: &generator) }
        let mean = values.reduce(0, +) / 1_000
        let deviation =
            (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 999).squareRoot()
        var whole = Moments()
        var (left, right) = (Moments(), Moments())
        for (index, value) in values.enumerated() {
            whole.add(value)
            if index < 300 { left.add(value) } else { right.add(value) }
        }
        left.merge(right)
        #expect(abs(whole.standardDeviation - deviation) < 1e-12)
        #expect(abs(left.standardDeviation - deviation) < 1e-12)
    }

    /// The estimate is within half a bucket of the nearest-rank value, and merging two
    /// halves is the same as adding all.
    @Test(arguments: [UInt64(7), 8, 9])
    func quantilesAreWithinTheirError(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let values = (0..<5_000).map { _ in Double.random(in: -50...1_000, using: &generator) }
        var whole = ExponentialHistogram()
        var (left, right) = (ExponentialHistogram(), ExponentialHistogram())
        for (index, value) in values.enumerated() {
            whole.add(value)
            if index % 2 == 0 { left.add(value) } else { right.add(value) }
        }
        left.merge(right)
        let sorted = values.sorted()
        for fraction in [0.01, 0.25, 0.5, 0.95, 0.999] {
            let exact = sorted[Int((fraction * 5_000).rounded(.up)) - 1]
            let base = 1 / Double(1 << max(0, whole.scale))
            let error = abs(exact) * base  // (base - 1) / (base + 1) < 2^-scale
            let estimate = try #require(whole.quantile(fraction))
            #expect(abs(estimate - exact) <= error, "seed \(seed), \(fraction)")
            #expect(left.quantile(fraction) == estimate)
        }
        #expect(whole.count == 5_000)
    }

    @Test func histogramKnowsPowersOfTwoAndZero() {
        var histogram = ExponentialHistogram()
        for value in [0.0, 1, 2, 4, -8] { histogram.add(value) }
        #expect(histogram.quantile(0.2)! < -7.9)
        #expect(histogram.quantile(0.4) == 0)
        #expect(abs(histogram.quantile(1)! - 4) < 1e-5)
        #expect(ExponentialHistogram().quantile(0.5) == nil)
    }
}
