extension FusionPlan {
    /// Which readings of a moment are left out, while at least the quorum and two remain.
    package enum Outliers: Hashable, Sendable {
        case none
        /// Further from the median than `factor` times 1.4826 of the median absolute deviation
        /// (Hampel 1974; 1.4826 makes it a standard deviation for normal errors). The scale is
        /// no smaller than `floor`, in the unit of the values.
        case hampel(factor: Double, floor: Double)
        /// The worst one, as long as the squared normalised residuals against the weighted
        /// mean add up to more than chance allows.
        case chiSquare(ConsistencyTest)
    }

    /// The chi-square test of consistency of measurements with their stated uncertainties
    /// (Cox 2002, "The evaluation of key comparison data", procedure A), one rejection at a
    /// time.
    package struct ConsistencyTest: Hashable, Sendable {
        /// By degrees of freedom, from 1.
        private let thresholds: [Double]

        /// - Parameter confidence: which part of consistent rounds passes, such as 0.995.
        package init(confidence: Double, inputs: Int) {
            thresholds = (1...max(1, inputs)).map {
                ChiSquare.quantile(confidence, degrees: $0)
            }
        }

        func threshold(inputs: Int) -> Double {
            thresholds[min(max(inputs - 1, 1), thresholds.count) - 1]
        }
    }

    /// Watches each input over time against the others. It takes three: of two that differ
    /// nobody can tell which is wrong.
    package struct Watch: Hashable, Sendable {
        /// A mean bias beyond this many standard deviations is a drift; it is over below half.
        package var limit = 3.0
        /// Of the mean bias.
        package var timeConstant: Microseconds = 4 * 3_600_000_000
        /// An input is stuck that says the same while the others move by more than this many
        /// standard deviations.
        package var stuck = 5.0

        package init() {}

        /// Of the mean bias over twelve time constants, in stated sigmas: higher, for a day of
        /// faults must not take more than its day.
        var longLimit: Double { 1.5 * limit }
    }

    /// Whether something must be learnt from the rounds.
    var learns: Bool {
        if watch != nil { return true }
        if case .chiSquare = outliers { return true }
        return variances == .learnt
    }

    /// `nil` where the method asks for none.
    var variances: Variances? {
        switch method {
        case .inverseVariance(let variances): variances
        case .kalman(let kalman): kalman.variances
        case .mean, .median, .trimmedMean, .vote, .complementary, .formula: nil
        }
    }
}
