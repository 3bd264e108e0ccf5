/// A line of a log on its way upstream.
package struct LogRecord: Hashable, Sendable {
    package var time: Timestamp
    /// swift-log's levels in order: 0 trace to 6 critical.
    package var level: UInt8
    package var source: String
    package var message: String

    package init(time: Timestamp, level: UInt8, source: String, message: String) {
        self.time = time
        self.level = level
        self.source = source
        self.message = message
    }
}
