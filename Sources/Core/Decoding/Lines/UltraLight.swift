/// FIWARE's UltraLight 2.0, after "UltraLight 2.0 Protocol", "Measure Payload Syntax", in the
/// documentation of its IoT agent: `t|15|k|abc`, groups of measures parted by `#`, each with
/// a time before it or not.
package enum UltraLight {
    package static func decode(_ payload: Span<UInt8>) throws(Undecodable) -> Decoded {
        var outcome = LineOutcome()
        let whole = payload.trimmed(0..<payload.count)
        var (start, number) = (whole.lowerBound, 1)
        while !whole.isEmpty, start <= whole.upperBound {
            let end = next(UInt8(ascii: "#"), in: payload, start..<whole.upperBound)
            do {
                outcome.add(try group(payload, start..<end))
            } catch {
                outcome.problem("group \(number): \(error)")
            }
            (start, number) = (end + 1, number + 1)
        }
        return try outcome.finish(orElse: "no measure of UltraLight 2.0")
    }

    private static func group(
        _ payload: Span<UInt8>, _ range: Range<Int>
    ) throws(LineProblem) -> [DecodedReading] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        while start <= range.upperBound {
            let end = next(UInt8(ascii: "|"), in: payload, start..<range.upperBound)
            parts.append(payload.trimmed(start..<end))
            start = end + 1
        }
        var time: Timestamp?
        if parts.count % 2 == 1 {
            let first = parts.removeFirst()
            time = RFC3339.parse(payload.extracting(first))
            guard time != nil, !parts.isEmpty else {
                throw LineProblem(
                    expected: parts.isEmpty
                        ? "name|value" : "pairs of name|value, before them a time or nothing",
                    offset: range.lowerBound)
            }
        }
        var readings: [DecodedReading] = []
        for place in stride(from: 0, to: parts.count, by: 2) {
            let name = try text(payload, parts[place], "a name", LineOutcome.maximumName)
            let value = try value(payload, parts[place + 1])
            readings.append(DecodedReading(name, value, time: time))
        }
        return readings
    }

    private static func value(
        _ payload: Span<UInt8>, _ range: Range<Int>
    ) throws(LineProblem) -> DecodedReading.Value {
        if payload.equals("true", in: range) { return .flag(true) }
        if payload.equals("false", in: range) { return .flag(false) }
        if let number = Number(parsing: payload.extracting(range)) { return .number(number) }
        return .text(try text(payload, range, "a value", .max))
    }

    private static func text(
        _ payload: Span<UInt8>, _ range: Range<Int>, _ what: String, _ longest: Int
    ) throws(LineProblem) -> String {
        guard !range.isEmpty, range.count <= longest else {
            throw LineProblem(
                expected: range.isEmpty ? what : "\(what) of \(longest) bytes",
                offset: range.lowerBound)
        }
        guard let text = payload.text(range) else {
            throw LineProblem(expected: "UTF-8", offset: range.lowerBound)
        }
        return text
    }

    /// Where the byte is next in the range, or the range's end.
    private static func next(_ byte: UInt8, in payload: Span<UInt8>, _ range: Range<Int>) -> Int {
        range.first { payload[$0] == byte } ?? range.upperBound
    }
}
