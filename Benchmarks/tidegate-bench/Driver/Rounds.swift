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
