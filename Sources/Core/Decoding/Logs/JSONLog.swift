/// A line of JSON with the members that logging libraries have in common.
package enum JSONLog {
    /// The first that is there counts.
    private static let levels = keys(["level", "severity", "lvl", "levelname", "log.level"])
    private static let messages = keys(["msg", "message", "short_message", "event"])
    private static let times = keys(["time", "ts", "timestamp", "@timestamp"])
    private static let hosts = keys(["host", "hostname"])
    private static let apps = keys(["app", "service", "logger", "name"])
    private static let fields = keys(["error", "err", "caller", "module", "thread", "code"])
    private static let scanner = JSONScanner(
        paths: levels + messages + times + hosts + apps + fields)

    /// `nil` for what is no JSON, or has no message.
    package static func decode(_ line: Span<UInt8>) -> LogLine? {
        var findings: [JSONScanner.Finding] = []
        guard (try? scanner.scan(line, into: &findings)) != nil else { return nil }
        var rest = findings[...]
        func take(_ count: Int) -> ArraySlice<JSONScanner.Finding> {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).filter { $0.kind != .missing && $0.kind != .null }[...]
        }
        let level = take(levels.count).first
        let message = take(messages.count).first { $0.kind == .string }
        let time = take(times.count).first
        let host = take(hosts.count).first { $0.kind == .string }
        let app = take(apps.count).first { $0.kind == .string }
        guard let message else { return nil }
        var entry = LogLine(message: "")
        func text(_ finding: JSONScanner.Finding, longest: Int) -> String {
            let bytes =
                finding.kind == .string
                ? JSONScanner.text(of: finding, in: line)
                : finding.range.map { line[$0] }
            var text = LogText(bytes.span)
            defer { if text.isDamaged { entry.isDamaged = true } }
            return text.text(0..<bytes.count, longest: longest)
        }
        entry.message = text(message, longest: LogLine.maximumMessage)
        entry.host = host.map { text($0, longest: LogLine.maximumName) }
        entry.app = app.map { text($0, longest: LogLine.maximumName) }
        entry.time = time.flatMap { JSONLogTime.parse(line.extracting($0.range)) }
        if let level {
            let word = text(level, longest: 16)
            entry.severity =
                Int(word).flatMap(LogSeverity.init(level:)) ?? LogSeverity(word: word) ?? .info
        }
        for (path, finding) in zip(fields, rest)
        where finding.kind == .string || finding.kind == .number {
            entry.fields.append(
                .init(name(of: path), text(finding, longest: LogLine.maximumValue)))
        }
        return entry
    }

    private static func keys(_ names: [String]) -> [JSONPath] {
        names.compactMap { try? JSONPath("$['\($0)']") }
    }

    private static func name(of path: JSONPath) -> String {
        guard case .key(let key) = path.steps.first else { return path.text }
        return String(decoding: key, as: UTF8.self)
    }
}
