import Core

/// What becomes of a message of which nothing is configured: `metric{label=value}=value unit
/// @milliseconds quality` of each reading, and what is said of the rest.
func described(
    _ payload: String, topic: String = "d/x"
) -> (readings: [String], problems: String) {
    described(Array(payload.utf8), topic: topic)
}

func described(_ payload: [UInt8], topic: String) -> (readings: [String], problems: String) {
    var decoder = AutomaticDecoder()
    do {
        let decoded = try decoder.decode(
            topic: Array(topic.utf8), payload: payload.span, now: nil)
        return (decoded.readings.map(\.summary), decoded.problems.joined(separator: "; "))
    } catch {
        return ([], error.description)
    }
}

extension DecodedReading {
    fileprivate var summary: String {
        let pairs = labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        let text =
            switch value {
            case .number(let number): number.description
            case .flag(let flag): "\(flag)"
            case .text(let text): text
            }
        return metric + (pairs.isEmpty ? "" : "{\(pairs)}") + "=" + text
            + (unit.map { " " + $0 } ?? "")
            + (time.map { " @\($0.microseconds / 1_000)" } ?? "")
            + (quality.level == .good ? "" : " \(quality.level.name)")
    }
}
