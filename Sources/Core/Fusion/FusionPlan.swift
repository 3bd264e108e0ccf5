/// How several sensors of one quantity become one value.
package struct FusionPlan: Hashable, Sendable {
    package struct Input: Hashable, Sendable {
        package var stream: String
        package var field: String
        /// Those that the series must carry; others may be anything.
        package var labels: [Series.Label]
        package var calibration: Calibration
        /// The standard deviation of its errors, in the unit of the values, where it is known.
        package var sigma: Double?
        /// For records about this input, and for formulas.
        package var name: String?

        package init(
            stream: String, field: String, labels: [Series.Label], calibration: Calibration,
            sigma: Double? = nil, name: String? = nil
        ) {
            self.stream = stream
            self.field = field
            self.labels = labels
            self.calibration = calibration
            self.sigma = sigma
            self.name = name
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
    package var alignment = Alignment.round
    /// How far apart the times of readings that are fused may be.
    package var tolerance: Microseconds
    /// How long an input may be silent, by arrival, until nothing waits for it any more; `nil`
    /// to wait each time anew. Longer than the slowest input's period.
    package var stale: Microseconds?
    /// Fewer inputs than this give no value.
    package var quorum: Int
    /// Fewer inputs than this give an uncertain value; `nil` for all of them.
    package var full: Int?
    package var outliers = Outliers.none
    package var watch: Watch?
    /// A larger spread of what was fused makes the value uncertain; in the unit of the values.
    package var agreement: Double?
    /// Over which time variances are learnt. The default stands for a day, in which most
    /// plants have seen all that they do.
    package var memory: Microseconds = 86_400_000_000
    package var windows: [WindowPlan]
    /// Whether the fused value is also shipped by itself.
    package var report: ExceptionPlan?
    /// Where it is said on the local broker.
    package var publication: PublicationPlan?
    /// Whether the weight and the verdict of each input are series, too.
    package var hasProvenance = true

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
            hasSpread ? Series(stream: name, field: "spread", labels: labels, unit: unit) : nil,
            Series(stream: name, field: "inputs", labels: labels, unit: "1"),
        ].compactMap { $0 } + (hasProvenance ? provenance : [])
    }

    /// Whether the inputs are of one quantity: a formula's may be of several.
    var hasSpread: Bool { if case .formula = method { false } else { true } }

    private var provenance: [Series] {
        ["weight", "verdict"].flatMap { what in
            inputs.indices.map {
                Series(stream: name, field: "\(what).\(inputName($0))", labels: labels, unit: "1")
            }
        }
    }

    /// As configured, or its place in the list from 1.
    package func inputName(_ input: Int) -> String { inputs[input].name ?? "\(input + 1)" }
}
