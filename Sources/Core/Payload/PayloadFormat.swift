/// How the readings stand in a stream's payloads.
package enum PayloadFormat: Hashable, Sendable {
    /// The whole payload is one number.
    case number
    /// A value for each field at its path, and perhaps a time.
    case json(fields: [JSONPath], time: TimePath?)

    package struct TimePath: Hashable, Sendable {
        package var path: JSONPath
        package var format: TimestampFormat

        package init(path: JSONPath, format: TimestampFormat) {
            self.path = path
            self.format = format
        }
    }
}
