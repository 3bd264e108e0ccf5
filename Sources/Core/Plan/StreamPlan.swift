/// A topic pattern and what to make of its payloads.
package struct StreamPlan: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var unit: String

        package init(name: String, unit: String) {
            self.name = name
            self.unit = unit
        }
    }

    /// A calibration for the series that carry certain labels.
    package struct CalibrationRule: Hashable, Sendable {
        /// Empty for all.
        package var labels: [Series.Label]
        /// `nil` for all.
        package var field: String?
        package var calibration: Calibration

        package init(labels: [Series.Label], field: String?, calibration: Calibration) {
            self.labels = labels
            self.field = field
            self.calibration = calibration
        }
    }

    package var name: String
    package var pattern: TopicPattern
    package var payload: PayloadFormat
    /// In the order of the payload's paths.
    package var fields: [Field]
    /// The first that fits counts.
    package var calibrations: [CalibrationRule]
    package var windows: [WindowPlan]

    package init(
        name: String, pattern: TopicPattern, payload: PayloadFormat, fields: [Field],
        calibrations: [CalibrationRule], windows: [WindowPlan]
    ) {
        self.name = name
        self.pattern = pattern
        self.payload = payload
        self.fields = fields
        self.calibrations = calibrations
        self.windows = windows
    }

    func calibration(of series: Series) -> Calibration {
        calibrations.first { rule in
            (rule.field == nil || rule.field == series.field)
                && rule.labels.allSatisfy { series[label: $0.name] == $0.value }
        }?.calibration ?? .identity
    }
}
