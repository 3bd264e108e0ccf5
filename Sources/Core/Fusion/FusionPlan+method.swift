extension FusionPlan {
    /// How the readings of one moment become one value.
    package enum Method: Hashable, Sendable {
        case mean
        /// The middle value, or the mean of the two in the middle.
        case median
        /// The mean without the outer `fraction`, below one half, at each end, rounded down to
        /// whole inputs.
        case trimmedMean(fraction: Double)
        /// The mean weighted by one over the variance: of least variance for independent
        /// errors (Gauss-Markov).
        case inverseVariance(Variances)
        /// M out of N: 1 where enough inputs say so, else 0.
        case vote(Voting)
        case kalman(Kalman)
        /// Of two inputs: the first is right in the long run and slow, the second quick and
        /// drifts. Below `timeConstant` the value follows the second, above it the first.
        case complementary(timeConstant: Microseconds)
        /// A virtual sensor: of all inputs, which are the formula's names in their order. The
        /// quorum is all of them.
        case formula(FormulaProgram)
    }

    /// Where the variances of the inputs come from.
    package enum Variances: Hashable, Sendable {
        /// The inputs' sigmas, which must then be there.
        case given
        /// From the residuals of each input against the others (`FusionStatistics`). A sigma
        /// that is given is an upper bound; disagreement beyond it counts against all alike.
        case learnt
    }

    /// Votes of states or of limits, and what becomes of M out of N when inputs are bad
    /// (IEC 61511-1, 11.3; ISA-TR84.00.02).
    package struct Voting: Hashable, Sendable {
        package enum Test: Hashable, Sendable {
            /// Any value but 0 is a vote.
            case state
            /// A vote beyond `limit`, until the value is no more than `limit - hysteresis`.
            case above(limit: Double, hysteresis: Double)
            /// A vote below `limit`, until the value is no less than `limit + hysteresis`.
            case below(limit: Double, hysteresis: Double)
        }

        package enum Degradation: String, CaseIterable, Hashable, Sendable {
            /// A bad input votes: 2oo3 becomes 1oo2, 1oo2 trips.
            case safe
            /// A bad input has no vote: 2oo3 becomes 2oo2, then 1oo1.
            case available
        }

        /// How many votes it takes, of as many as there are inputs.
        package var needed: Int
        package var test: Test
        package var degradation: Degradation

        package init(needed: Int, test: Test, degradation: Degradation) {
            self.needed = needed
            self.test = test
            self.degradation = degradation
        }
    }

    /// A one-dimensional Kalman filter; each input's reading is a measurement.
    package struct Kalman: Hashable, Sendable {
        package enum Model: Hashable, Sendable {
            /// The value wanders.
            case randomWalk(Noise)
            /// The value goes on as it went; its acceleration is white noise of `density`, in
            /// units^2/s^3 (Bar-Shalom, Li, Kirubarajan 2001, 6.2.2).
            case constantVelocity(density: Double)
        }

        package enum Noise: Hashable, Sendable {
            /// In units^2/s.
            case density(Double)
            /// As much as makes the filter at rest a first-order lag of this time constant,
            /// whatever the variances are.
            case timeConstant(Microseconds)
        }

        /// Leaves out measurements too far from the prediction (Bar-Shalom 2001, 5.4.2:
        /// normalised innovation squared).
        package struct Gate: Hashable, Sendable {
            let threshold: Double
            /// After how many rounds in which nothing passed the filter begins anew.
            let patience: Int

            /// - Parameter confidence: which part of good measurements passes, such as 0.9999.
            package init(confidence: Double, patience: Int) {
                threshold = ChiSquare.quantile(confidence, degrees: 1)
                self.patience = patience
            }
        }

        package var model: Model
        package var variances: Variances
        package var gate: Gate?

        package init(model: Model, variances: Variances, gate: Gate? = nil) {
            self.model = model
            self.variances = variances
            self.gate = gate
        }
    }
}
