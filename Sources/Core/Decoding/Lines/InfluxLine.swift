/// InfluxDB's line protocol, versions 1 and 2, after "Line protocol" in InfluxDB's reference:
/// `measurement[,tag=value...] field=value[,field=value...] [timestamp]`, one point a line.
package enum InfluxLine {
    static let maximumTags = 64

    /// The readings of all lines that are in order.
    ///
    /// - Parameter precision: the unit of the timestamps, which the lines do not say; `nil` for
    ///   that in which each is of this century.
    package static func decode(
        _ payload: Span<UInt8>, precision: TimestampFormat? = .nanoseconds
    ) throws(Undecodable) -> Decoded {
        var outcome = LineOutcome()
        var cursor = LineCursor(payload)
        while !cursor.isAtEnd {
            cursor.skipBlanks()
            let number = cursor.line
            if !cursor.isAtLineEnd, cursor.peek != UInt8(ascii: "#") {
                do {
                    var point = Point()
                    try read(&point, from: &cursor, precision)
                    outcome.add(point.readings)
                    for problem in point.problems { outcome.problem("line \(number): \(problem)") }
                } catch {
                    outcome.problem("line \(number): \(error)")
                }
            }
            cursor.skipLine()
        }
        return try outcome.finish(orElse: "no line of InfluxDB's line protocol")
    }

    /// A line as far as it is read.
    private struct Point {
        var readings: [DecodedReading] = []
        /// Fields that are in order, with values that are not ours.
        var problems: [String] = []
    }

    private static func read(
        _ point: inout Point, from cursor: inout LineCursor, _ precision: TimestampFormat?
    ) throws(LineProblem) {
        let measurement = try name("a measurement", .measurement, &cursor)
        let labels = try tags(&cursor)
        guard cursor.peek == UInt8(ascii: " ") else { throw cursor.expected("a field") }
        cursor.skipBlanks()
        repeat {
            let field = try name("a field", .key, &cursor)
            guard cursor.take(UInt8(ascii: "=")) else {
                throw cursor.expected("'=' after the field")
            }
            if let value = try value(&cursor) {
                point.readings.append(
                    DecodedReading("\(measurement).\(field)", value, labels: labels))
            } else {
                point.problems.append("'\(field)' is beyond what is counted with")
            }
        } while cursor.take(UInt8(ascii: ","))
        if let time = try time(&cursor, precision) {
            for index in point.readings.indices { point.readings[index].time = time }
        }
    }

    private static func tags(_ cursor: inout LineCursor) throws(LineProblem) -> [Series.Label] {
        var labels: [Series.Label] = []
        var names: Set<String> = []
        while cursor.take(UInt8(ascii: ",")) {
            let start = cursor.index
            guard labels.count < maximumTags else {
                throw cursor.expected("at most \(maximumTags) tags")
            }
            let tag = try name("a tag", .key, &cursor)
            guard cursor.take(UInt8(ascii: "=")) else { throw cursor.expected("'=' after the tag") }
            guard names.insert(tag).inserted else {
                throw cursor.expected("no tag twice", at: start)
            }
            let value = try name("the tag's value", .key, &cursor)
            labels.append(Series.Label(name: tag, value: value))
        }
        return labels
    }

    private static func time(
        _ cursor: inout LineCursor, _ precision: TimestampFormat?
    ) throws(LineProblem) -> Timestamp? {
        guard cursor.isAtLineEnd || cursor.peek == UInt8(ascii: " ") else {
            throw cursor.expected("',' or a space")
        }
        cursor.skipBlanks()
        guard !cursor.isAtLineEnd else { return nil }
        let range = cursor.skip(to: [UInt8(ascii: " ")])
        let digits = cursor.text.extracting(range)
        let time =
            if let precision {
                precision.parse(digits)
            } else {
                Number(parsing: digits).flatMap(RecognisedTime.epoch)
            }
        guard let time else {
            let kind = precision.map { "in \($0.rawValue)" } ?? "of this century"
            throw cursor.expected("a time \(kind)", at: range.lowerBound)
        }
        cursor.skipBlanks()
        guard cursor.isAtLineEnd else { throw cursor.expected("nothing after the time") }
        return time
    }
}
