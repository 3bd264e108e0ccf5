/// What the lines of a payload have come to so far. Bounded: what is too much is counted.
struct LineOutcome {
    static let maximumReadings = 65_536
    static let maximumProblems = 32
    /// Bytes of one name. Each reading has its own copy, so that a payload of one long name
    /// and many values would take its length squared.
    static let maximumName = 255

    private var decoded = Decoded()
    private var omittedReadings = 0
    private var omittedProblems = 0
    /// Whether there was a line in order, though perhaps without a value.
    private var hasLines = false

    mutating func add(_ readings: [DecodedReading]) {
        hasLines = true
        let room = Self.maximumReadings - decoded.readings.count
        decoded.readings += readings.prefix(room)
        omittedReadings += max(0, readings.count - room)
    }

    mutating func problem(_ text: String) {
        if decoded.problems.count < Self.maximumProblems {
            decoded.problems.append(text)
        } else {
            omittedProblems += 1
        }
    }

    /// - Parameter nothing: what to say of a payload without lines.
    func finish(orElse nothing: String) throws(Undecodable) -> Decoded {
        var decoded = decoded
        if omittedProblems > 0 { decoded.problems.append("\(omittedProblems) more problems") }
        if omittedReadings > 0 {
            decoded.problems.append("\(omittedReadings) readings beyond \(Self.maximumReadings)")
        }
        guard decoded.readings.isEmpty else { return decoded }
        if let first = decoded.problems.first {
            let rest = decoded.problems.count - 1 + max(0, omittedProblems - 1)
            throw Undecodable(rest > 0 ? "\(first), and \(rest) more problems" : first)
        }
        guard hasLines else { throw Undecodable(nothing) }
        return decoded
    }
}
