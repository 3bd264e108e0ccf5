/// How grave a line of a log is, in swift-log's levels, as `LogRecord` has them.
package enum LogSeverity: UInt8, CaseIterable, Comparable, Sendable {
    case trace, debug, info, notice, warning, error, critical

    package static func < (left: LogSeverity, right: LogSeverity) -> Bool {
        left.rawValue < right.rawValue
    }

    /// Of syslog's severities (RFC 5424, table 2); the three gravest are `critical`.
    init?(syslog severity: Int) {
        switch severity {
        case 0...2: self = .critical
        case 3: self = .error
        case 4: self = .warning
        case 5: self = .notice
        case 6: self = .info
        case 7: self = .debug
        default: return nil
        }
    }

    /// A word as logging libraries write it, in any case.
    init?(word: String) {
        guard word.utf8.count <= 13 else { return nil }
        switch word.lowercased() {
        case "trace", "trc", "verbose", "finest", "finer", "silly": self = .trace
        case "debug", "dbg", "fine", "d": self = .debug
        case "info", "inf", "information", "informational", "i": self = .info
        case "notice", "note": self = .notice
        case "warning", "warn", "wrn", "w": self = .warning
        case "error", "err", "eror", "severe", "e": self = .error
        case "critical", "crit", "fatal", "ftl", "emergency", "emerg", "alert", "panic",
            "dpanic", "f":
            self = .critical
        default: return nil
        }
    }

    /// A level of JSON logs: syslog's, as GELF has it, or 10 for `trace` to 60 for `fatal`
    /// with bunyan and pino.
    init?(level: Int) {
        switch level {
        case 0...7: self.init(syslog: level)
        case 10..<20: self = .trace
        case 20..<30: self = .debug
        case 30..<40: self = .info
        case 40..<50: self = .warning
        case 50..<60: self = .error
        case 60...70: self = .critical
        default: return nil
        }
    }
}
