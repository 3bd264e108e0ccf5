/// The readings of one moment, a place for each input: filled by an alignment, judged, fused.
/// Nothing in it outlives the moment; it is kept so that its arrays are.
struct FusionFrame: Sendable {
    struct Place: Sendable {
        var reading: Reading?
        /// Whether something waits for the input: not silent for too long.
        var isLive = true
        var value = 0.0
        /// By which a deviation is judged.
        var variance = 1.0
        /// The same without what only the stated sigma adds: how far it really scatters.
        var scatter = 1.0
        /// Of which the weight is one over.
        var weightVariance = 1.0
    }

    var time = Timestamp.epoch
    var places: [Place]
    var shares: [InputShare]
    /// The inputs that are used, by value: sums in this order are the same however the inputs
    /// are numbered.
    var order: [Int] = []
    /// Of distances, for a median.
    var distances: [Double] = []

    init(inputs: Int) {
        places = Array(repeating: Place(), count: inputs)
        shares = Array(
            repeating: InputShare(value: nil, weight: 0, verdict: .missing), count: inputs)
    }

    mutating func fill(_ input: Int, _ reading: Reading?, isLive: Bool) {
        places[input].reading = reading
        places[input].isLive = isLive
    }

    var isEmpty: Bool { places.allSatisfy { $0.reading == nil } }

    /// Sets who takes part.
    mutating func admit(quorum: Int, statistics: FusionStatistics?) {
        var good = 0
        for input in places.indices {
            shares[input] = InputShare(value: nil, weight: 0, verdict: .used)
            guard let reading = places[input].reading else {
                shares[input].verdict = places[input].isLive ? .missing : .stale
                continue
            }
            shares[input].value = reading.number
            places[input].value = reading.number.double
            if reading.quality.level == .bad {
                shares[input].verdict = .bad
            } else if let statistics, statistics.inputs[input].isStuck {
                shares[input].verdict = .stuck
            } else if let statistics, statistics.inputs[input].isDrifting {
                shares[input].verdict = .drifting
            } else if reading.quality.level == .good {
                good += 1
            }
        }
        order.removeAll(keepingCapacity: true)
        for input in places.indices where shares[input].verdict == .used {
            if good >= quorum, places[input].reading?.quality.level == .uncertain {
                shares[input].verdict = .uncertain
            } else {
                order.append(input)
            }
        }
    }

    /// By value, then by variance, so that only inputs that are alike in both keep the order
    /// of their numbers.
    mutating func sort() {
        for end in order.indices.dropFirst() {
            let input = order[end]
            var at = end
            while at > 0, precedes(input, order[at - 1]) {
                order[at] = order[at - 1]
                at -= 1
            }
            order[at] = input
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let (a, b) = (places[left], places[right])
        if a.value != b.value { return a.value < b.value }
        return a.weightVariance < b.weightVariance
    }

    mutating func reject(_ input: Int, _ verdict: InputShare.Verdict) {
        shares[input].verdict = verdict
        shares[input].weight = 0
        order.removeAll { $0 == input }
    }

    func number(_ input: Int) -> Number { places[input].reading?.number ?? .zero }

    /// Two places more than the readings that are used have.
    var decimalPlaces: UInt8 { order.reduce(0) { max($0, number($1).scale) } + 2 }
}
