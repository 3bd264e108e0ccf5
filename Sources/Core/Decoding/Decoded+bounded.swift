/// Bounds on what a message can make of itself: names live as long as their series, problems
/// travel upstream.
extension Decoded {
    /// Bytes of metric, unit and labels, names and values, of one reading.
    static let longestNames = 2_048
    static let mostProblems = 32
    /// Bytes.
    static let longestProblem = 240

    /// With no text among the readings: which number a state is, nobody has said.
    var bounded: Decoded {
        var decoded = Decoded(problems: problems.prefix(Self.mostProblems).map(Self.short))
        if problems.count > Self.mostProblems {
            decoded.problems.append("and \(problems.count - Self.mostProblems) problems more")
        }
        var tooLong = 0
        decoded.readings = readings.filter { reading in
            if case .text = reading.value { return false }
            let bytes = reading.labels.reduce(
                reading.metric.utf8.count + (reading.unit?.utf8.count ?? 0)
            ) { $0 + $1.name.utf8.count + $1.value.utf8.count }
            let isShort = bytes <= Self.longestNames
            if !isShort { tooLong += 1 }
            return isShort
        }
        if tooLong > 0 {
            decoded.problems.append(
                "\(tooLong) readings with more than \(Self.longestNames) bytes of names and labels")
        }
        return decoded
    }

    /// Said of a message that is all texts, which otherwise would be nothing without a word.
    var withReason: Decoded {
        let hasTextsAlone = readings.allSatisfy {
            if case .text = $0.value { true } else { false }
        }
        guard !readings.isEmpty, problems.isEmpty, hasTextsAlone else { return self }
        return Decoded(
            readings: readings,
            problems: ["'\(readings[0].metric)' is a text, and no number is beside it"])
    }

    static func short(_ problem: String) -> String {
        guard problem.utf8.count > longestProblem else { return problem }
        return String(decoding: problem.utf8.prefix(longestProblem), as: UTF8.self) + "..."
    }
}
