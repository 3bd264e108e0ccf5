package import Foundation

/// The truth beside what the receiver exports.
package struct Comparison {
    package private(set) var published = 0
    /// Readings in the exported windows.
    package private(set) var counted = 0
    package private(set) var lost = 0
    package private(set) var duplicated = 0
    /// Windows exported, each counted once.
    package private(set) var windows = 0
    /// The windows that are not as they should be, in the order of time.
    package private(set) var differences: [Difference] = []

    /// - Parameter exported: NDJSON of the windows. Streams that the configuration does not
    ///   read from the broker (fusions) are passed over, and windows without a good reading.
    package init(
        truth: Truth, exported: Data, configuration: GatewayConfiguration
    ) throws {
        published = truth.published
        let streams = Set(configuration.streams.map(\.name))
        var seen: Set<WindowKey> = []
        for line in exported.split(separator: UInt8(ascii: "\n")) {
            let json = try JSONText(parsing: line)
            guard let stream = json["stream"]?.text, streams.contains(stream) else { continue }
            // Of bad readings alone: it counts none, and has no values.
            guard json["count"]?.decimal != 0 else { continue }
            let key = try Self.key(json, stream: stream)
            let values = try WindowValues(exported: json)
            counted += values.count
            if seen.insert(key).inserted {
                windows += 1
                compare(key, values, with: truth.windows[key])
            } else {
                duplicated += values.count
                differences.append(Difference(key, "exported twice"))
            }
        }
        for (key, values) in truth.windows where !seen.contains(key) {
            lost += values.count
            differences.append(
                Difference(
                    key, "missing, \(values.count) readings", missing: values.count, isWhole: true))
        }
        differences.sort { ($0.start, $0.description) < ($1.start, $1.description) }
    }

    package var isEqual: Bool { differences.isEmpty }

    private mutating func compare(
        _ key: WindowKey, _ values: WindowValues, with truth: WindowValues?
    ) {
        guard let truth else {
            duplicated += values.count
            differences.append(Difference(key, "\(values.count) readings that nobody published"))
            return
        }
        lost += max(0, truth.count - values.count)
        duplicated += max(0, values.count - truth.count)
        var wrong = values.differences(from: truth)
        if values.count != truth.count {
            wrong.insert("count \(values.count) instead of \(truth.count)", at: 0)
        }
        guard !wrong.isEmpty else { return }
        differences.append(
            Difference(
                key, wrong.joined(separator: ", "), missing: max(0, truth.count - values.count)))
    }

    private static func key(_ line: JSONText, stream: String) throws -> WindowKey {
        guard let start = line["start"]?.text.flatMap(Date.init(exported:)) else {
            throw RigError("an exported window of \(stream) has no start in RFC 3339")
        }
        return WindowKey(
            stream: stream, labels: line["labels"]?.strings ?? [:],
            start: start.milliseconds)
    }
}
