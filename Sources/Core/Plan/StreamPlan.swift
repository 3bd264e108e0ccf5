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

    package var name: String
    package var pattern: TopicPattern
    package var payload: PayloadFormat
    /// In the order of the payload's paths.
    package var fields: [Field]
    /// What turns what a sensor sends into the field's unit; nothing where it is sent so.
    package var conversions: [SeriesRule<Calibration>] = []
    package var calibrations: [SeriesRule<Calibration>]
    package var quality: [SeriesRule<QualityRules>] = []
    /// Series that are also shipped reading by reading.
    package var reports: [SeriesRule<ExceptionPlan>] = []
    package var windows: [WindowPlan]

    package init(
        name: String, pattern: TopicPattern, payload: PayloadFormat, fields: [Field],
        calibrations: [SeriesRule<Calibration>] = [], windows: [WindowPlan]
    ) {
        self.name = name
        self.pattern = pattern
        self.payload = payload
        self.fields = fields
        self.calibrations = calibrations
        self.windows = windows
    }
}
