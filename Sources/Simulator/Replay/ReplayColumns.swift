/// What of a CSV file is published, and how its times are meant.
package struct ReplayColumns: Hashable, Sendable {
    /// The column with the moment of the row, or two: `Date,Time`.
    package var time: String
    package var template: TopicTemplate
    /// Those to publish; nil is each that is neither the time nor in the topic.
    package var values: [String]?
    /// Of times that name no zone.
    package var zone: ZoneOffset

    package init(
        time: String, template: TopicTemplate, values: [String]? = nil, zone: ZoneOffset = .utc
    ) {
        self.time = time
        self.template = template
        self.values = values
        self.zone = zone
    }
}
