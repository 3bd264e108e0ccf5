package import Core
package import Logging

/// Lines on standard error, `time level source: message key=value`; from `warning` on also
/// upstream.
package struct GatewayLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let shipper: LogShipper?
    private let now: @Sendable () -> Timestamp

    package init(
        label: String, level: Logger.Level, shipper: LogShipper?,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.label = label
        self.shipper = shipper
        self.now = now
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let time = now()
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.quote($0.value))" }
        let message = event.message.description + pairs.joined()
        let line = "\(time) \(event.level.rawValue) \(label): \(message)\n"
        StandardError.write(line)
        guard event.level >= .warning, let shipper else { return }
        let level = UInt8(Logger.Level.allCases.firstIndex(of: event.level) ?? 0)
        shipper.add(LogRecord(time: time, level: level, source: label, message: message))
    }

    private static func quote(_ value: Logger.Metadata.Value) -> String {
        let text = "\(value)"
        return text.contains { " \"=\n".contains($0) } ? String(reflecting: text) : text
    }
}
