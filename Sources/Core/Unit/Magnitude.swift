/// A positive factor without rounding: `numerator / denominator * 2^twos * 5^fives * pi^pis`,
/// with numerator and denominator free of 2, 5 and common divisors. So equal factors are
/// equal values, and whether one is a short decimal can be seen.
struct Magnitude: Hashable, Sendable {
    static let one = Magnitude(1)
    static let pi: Magnitude = {
        var pi = Magnitude.one
        pi.pis = 1
        return pi
    }()

    private var numerator: UInt128
    private var denominator: UInt128 = 1
    private var twos: Int
    private var fives: Int
    private var pis = 0

    /// `integer * 10^tens`.
    ///
    /// - Precondition: not 0.
    init(_ integer: UInt64, tens: Int = 0) {
        precondition(integer > 0)
        numerator = UInt128(integer)
        (twos, fives) = (tens, tens)
        while numerator % 2 == 0 {
            numerator /= 2
            twos += 1
        }
        while numerator % 5 == 0 {
            numerator /= 5
            fives += 1
        }
    }

    var inverse: Magnitude {
        var result = self
        (result.numerator, result.denominator) = (denominator, numerator)
        (result.twos, result.fives, result.pis) = (-twos, -fives, -pis)
        return result
    }

    /// `nil` where it does not fit.
    func times(_ other: Magnitude) -> Magnitude? {
        let (left, right) = (
            Self.divisor(numerator, other.denominator), Self.divisor(other.numerator, denominator)
        )
        let (top, tooLarge) = (numerator / left).multipliedReportingOverflow(
            by: other.numerator / right)
        let (bottom, tooSmall) = (denominator / right).multipliedReportingOverflow(
            by: other.denominator / left)
        var result = self
        (result.numerator, result.denominator) = (top, bottom)
        (result.twos, result.fives) = (twos + other.twos, fives + other.fives)
        result.pis = pis + other.pis
        guard !tooLarge, !tooSmall, result.twos.magnitude <= 1_000, result.fives.magnitude <= 1_000,
            result.pis.magnitude <= 100
        else { return nil }
        return result
    }

    /// `nil` where it does not fit.
    ///
    /// - Parameter exponent: -100 to 100.
    func power(_ exponent: Int) -> Magnitude? {
        let base = exponent < 0 ? inverse : self
        var result = Magnitude.one
        for _ in 0..<min(exponent.magnitude, 100) {
            guard let next = result.times(base) else { return nil }
            result = next
        }
        return result
    }

    /// Rounded once where all integers are below 2^53, which those of the usual units are.
    var double: Double {
        var (top, bottom) = (Double(numerator), Double(denominator))
        var rest = fives
        while rest != 0 {
            let step = min(rest.magnitude, 22)  // 5^22 is a double without rounding.
            let power = (0..<step).reduce(1.0) { product, _ in product * 5 }
            if rest > 0 { top *= power } else { bottom *= power }
            rest -= rest.signum() * Int(step)
        }
        var result = top / bottom
        for _ in 0..<pis.magnitude { result = pis > 0 ? result * .pi : result / .pi }
        return Double(sign: .plus, exponent: twos, significand: result)
    }

    /// As a decimal without rounding, where there is one.
    var decimal: Number? {
        guard denominator == 1, pis == 0 else { return nil }
        let scale = max(0, -twos, -fives)
        guard scale <= Int(Number.maximumScale), twos + scale < 128, fives + scale < 56 else {
            return nil
        }
        var mantissa = numerator
        for (factor, count) in [(UInt128(2), twos + scale), (5, fives + scale)] {
            for _ in 0..<count {
                let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
                guard !overflow else { return nil }
                mantissa = product
            }
        }
        return Int64(exactly: mantissa).map { .decimal(mantissa: $0, scale: UInt8(scale)) }
    }

    private static func divisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        var (large, small) = (left, right)
        while small != 0 { (large, small) = (small, large % small) }
        return large
    }
}
