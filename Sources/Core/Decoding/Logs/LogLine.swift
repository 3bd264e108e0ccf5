/// A line of a log as a device sends it.
package struct LogLine: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Bytes of a message; what is longer is cut off.
    static let maximumMessage = 8_192
    /// Bytes of everything else.
    static let maximumName = 255
    static let maximumValue = 1_024
    static let maximumFields = 64

    /// `nil` where the line has none, or none with a zone or a year.
    package var time: Timestamp?
    package var severity: LogSeverity
    package var host: String?
    package var app: String?
    package var message: String
    package var fields: [Field]
    /// Whether something in it was no UTF-8 and has been replaced, or too long and cut off.
    package var isDamaged = false

    package init(
        time: Timestamp? = nil, severity: LogSeverity = .info, host: String? = nil,
        app: String? = nil, message: String, fields: [Field] = []
    ) {
        self.time = time
        self.severity = severity
        self.host = host
        self.app = app
        self.message = message
        self.fields = fields
    }

    /// As it goes upstream, with the fields after the message, in the gateway's own manner.
    ///
    /// - Parameters:
    ///   - arrival: the time of a line without one.
    ///   - source: where it came from, such as its topic, for a line that does not say.
    package func record(arrival: Timestamp, source: String) -> LogRecord {
        let names = [host, app].compactMap { $0 }
        let pairs = fields.map { " \($0.name)=\(Self.quote($0.value))" }
        return LogRecord(
            time: time ?? arrival, level: severity.rawValue,
            source: names.isEmpty ? source : names.joined(separator: " "),
            message: message + pairs.joined())
    }

    private static func quote(_ text: String) -> String {
        text.contains { " \"=\n".contains($0) } || text.isEmpty ? String(reflecting: text) : text
    }
}
