internal import Glibc

/// The chi-square distribution, for the thresholds of tests: computed once a plan.
enum ChiSquare {
    /// The probability of more than `value` (Abramowitz and Stegun 26.4.4 and 26.4.5).
    static func survival(_ value: Double, degrees: Int) -> Double {
        let half = value / 2
        guard degrees.isMultiple(of: 2) else {
            var sum = erfc(half.squareRoot())
            // half^(j - 1/2) / gamma(j + 1/2), from j = 1 on.
            var term = exp(-half) * 2 * (half / Double.pi).squareRoot()
            for j in stride(from: 1, through: (degrees - 1) / 2, by: 1) {
                sum += term
                term *= half / (Double(j) + 0.5)
            }
            return sum
        }
        var term = exp(-half)
        var sum = 0.0
        for j in 1...max(1, degrees / 2) {
            sum += term
            term *= half / Double(j)
        }
        return sum
    }

    /// The value below which a part `confidence` of the distribution lies, by bisection.
    ///
    /// - Precondition: `confidence` in 0..<1, `degrees` above 0.
    static func quantile(_ confidence: Double, degrees: Int) -> Double {
        var low = 0.0
        var high = 1.0
        while high < 1e6, survival(high, degrees: degrees) > 1 - confidence { high *= 2 }
        for _ in 0..<64 {
            let middle = (low + high) / 2
            if survival(middle, degrees: degrees) > 1 - confidence {
                low = middle
            } else {
                high = middle
            }
        }
        return high
    }
}
