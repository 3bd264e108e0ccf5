/// What came of a stream or a fusion in a trial.
package struct TrialSource: Hashable, Sendable {
    package let name: String
    /// The pattern of a stream's topics; `nil` for a fusion.
    package let pattern: String?
    package var topics = 0
    package var messages = 0
    package var series = 0
    package var windows = 0
    package var samples = 0

    init(name: String, pattern: String?) {
        self.name = name
        self.pattern = pattern
    }
}
