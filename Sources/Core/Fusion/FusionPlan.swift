/// How several sensors of one quantity become one value.
package struct FusionPlan: Hashable, Sendable {
    package enum Method: String, CaseIterable, Hashable, Sendable {
        /// The middle value, or the mean of the two in the middle.
        case median
        /// The mean weighted by 1/sigma^2: of least variance for independent errors
        /// (Gauss-Markov).
        case inverseVariance = "inverse_variance"
    }

    package struct Input: Hashable, Sendable {
        package var stream: String
        package var field: String
        /// Those that the series must carry; others may be anything.
        package var labels: [Series.Label]
        package var calibration: Calibration
        /// The standard deviation of its errors, in the unit of the values.
        package var sigma: Double

        package init(
            stream: String, field: String, labels: [Series.Label], calibration: Calibration,
            sigma: Double
        ) {
            self.stream = stream
            self.field = field
            self.labels = labels
            self.calibration = calibration
            self.sigma = sigma
        }

        func matches(_ series: Series) -> Bool {
            series.stream == stream && series.field == field
                && labels.allSatisfy { series[label: $0.name] == $0.value }
        }
    }

    package var name: String
    package var unit: String
    package var labels: [Series.Label]
    package var method: Method
    package var inputs: [Input]
    /// How far apart the times of the readings of one round may be.
    package var tolerance: Microseconds
    /// Fewer readings than this in a round give no value.
    package var quorum: Int
    package var windows: [WindowPlan]

    package init(
        name: String, unit: String, labels: [Series.Label], method: Method, inputs: [Input],
        tolerance: Microseconds, quorum: Int, windows: [WindowPlan]
    ) {
        self.name = name
        self.unit = unit
        self.labels = labels
        self.method = method
        self.inputs = inputs
        self.tolerance = tolerance
        self.quorum = quorum
        self.windows = windows
    }

    /// The series that a fusion makes, by field, in the order of `FusedValue.numbers`.
    package var series: [Series] {
        [
            Series(stream: name, field: name, labels: labels, unit: unit),
            Series(stream: name, field: "spread", labels: labels, unit: unit),
            Series(stream: name, field: "inputs", labels: labels, unit: "1"),
        ]
    }
}
