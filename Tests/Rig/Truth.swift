internal import Foundation

/// What was published, and the windows that it must become: computed here, with none of the
/// product's code.
package struct Truth {
    /// Numeric readings; only they can be counted.
    package private(set) var published = 0
    private(set) var windows: [WindowKey: WindowValues] = [:]

    /// - Parameter files: in the order in which they were published.
    package init(files: [String], configuration: GatewayConfiguration) throws {
        let shapes = configuration.streams.map { ($0.name, TopicShape($0.topic)) }
        for file in files {
            let data = try Data(contentsOf: URL(filePath: file))
            for line in data.split(separator: UInt8(ascii: "\n")) {
                let json = try JSONText(parsing: line)
                guard let topic = json["topic"]?.text, let time = json["ts"]?.decimal else {
                    throw RigError("\(file): a line without topic and ts")
                }
                guard let value = json["value"]?.decimal else { continue }
                let matches = shapes.compactMap { name, shape in
                    shape.labels(of: topic).map { (name, $0) }
                }
                guard matches.count == 1 else {
                    throw RigError("topic \(topic) belongs to \(matches.count) streams, not to 1")
                }
                add(
                    value, at: NSDecimalNumber(decimal: time).int64Value,
                    size: Int64(configuration.window), to: matches[0])
            }
        }
    }

    private mutating func add(
        _ value: Decimal, at time: Int64, size: Int64,
        to series: (stream: String, labels: [String: String])
    ) {
        // Truth is later than 1970, so the remainder is not negative.
        let key = WindowKey(
            stream: series.stream, labels: series.labels, start: time - time % size)
        published += 1
        if windows[key]?.add(value) == nil { windows[key] = WindowValues(value) }
    }
}
