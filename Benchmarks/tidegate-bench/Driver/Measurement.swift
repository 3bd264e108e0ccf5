/// One subject under one load.
struct Measurement {
    var messages: Int
    /// From the first PUBLISH to the last acknowledgement, or to the last arrival.
    var seconds: Double
    var cpu: Double
    var written: Double
    var peakRSS: Double
    var anonymousRSS: Double

    init(messages: Int, seconds: Double, from before: ProcessFigures, to after: ProcessFigures) {
        self.messages = messages
        self.seconds = seconds
        cpu = after.cpu - before.cpu
        written = after.written - before.written
        peakRSS = after.peakRSS
        anonymousRSS = max(before.anonymousRSS, after.anonymousRSS)
    }

    var rate: Double { Double(messages) / seconds }
    var cpuMicroseconds: Double { cpu * 1e6 / Double(messages) }
    var bytesWritten: Double { written / Double(messages) }
}

/// The rounds of a scenario.
struct Rounds {
    private var measurements: [SubjectKind: [Measurement]] = [:]

    mutating func add(_ measurement: Measurement, of kind: SubjectKind) {
        measurements[kind, default: []].append(measurement)
    }

    func median(_ kind: SubjectKind, _ figure: (Measurement) -> Double) -> Double {
        let sorted = (measurements[kind] ?? []).map(figure).sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// The gateway's figure over the bare subscriber's.
    func ratio(_ figure: (Measurement) -> Double) -> Double {
        median(.gateway, figure) / median(.bare, figure)
    }
}
