/// What collectd's plugin mqtt publishes: `time:value[:value...]`, the time in seconds or `N`
/// for now, and a NUL after it ("Plain text protocol", "PUTVAL", in collectd-unixsock(5)).
package enum Collectd {
    /// More than any of collectd's types has.
    static let maximumValues = 256

    /// - Parameter metric: named by the topic; of several values each has its place behind it.
    package static func decode(
        _ payload: Span<UInt8>, metric: String, unit: String? = nil
    ) throws(Undecodable) -> Decoded {
        var parts: [Range<Int>] = []
        let whole = payload.trimmed(0..<payload.count)
        var start = whole.lowerBound
        while start <= whole.upperBound, parts.count <= maximumValues + 1 {
            let end =
                (start..<whole.upperBound).first { payload[$0] == UInt8(ascii: ":") }
                ?? whole.upperBound
            parts.append(start..<end)
            start = end + 1
        }
        guard (2...maximumValues + 1).contains(parts.count) else {
            throw Undecodable("expected time:value, perhaps with more values")
        }
        let time = TimestampFormat.seconds.parse(payload.extracting(parts[0]))
        guard time != nil || payload.equals("N", in: parts[0]) else {
            throw Undecodable("expected seconds since 1970 or N before the first ':'")
        }
        var outcome = LineOutcome()
        for (place, range) in parts.dropFirst().enumerated() {
            let name = parts.count == 2 ? metric : "\(metric)[\(place)]"
            if let number = Number(parsing: payload.extracting(range)) {
                outcome.add([DecodedReading(name, .number(number), unit: unit, time: time)])
            } else if isUndefined(payload, range) {
                outcome.problem("'\(name)' is undefined")
            } else {
                outcome.problem("'\(name)': expected a number at byte \(range.lowerBound)")
            }
        }
        return try outcome.finish(orElse: "no value")
    }

    /// `U` in the protocol, and what printf makes of collectd's not-a-number.
    private static func isUndefined(_ payload: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let words: [StaticString] = ["U", "nan", "-nan", "NaN"]
        return words.contains { payload.equals($0, in: range) }
    }
}
