internal import Core

extension FuzzTarget {
    /// Messages, each a byte for its topic, two for the size of its payload, and that many;
    /// beyond the topics it is a snapshot to go on from. Whatever is taken must leave a state
    /// that reads back as it is.
    static let sparkplug = FuzzTarget("sparkplug", maximumLength: 2_048, seeds: sparkplugSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        var state = SparkplugState()
        while !input.isAtEnd {
            let choice = input.choice(sparkplugTopics.count + 1)
            let payload = input.long()
            if choice == sparkplugTopics.count {
                var reader = ByteReader(payload)
                if let taken = try? SparkplugState(from: &reader) { state = taken }
            } else {
                try decodeSparkplug(sparkplugTopics[choice], payload, &state)
            }
            try checkSparkplug(state)
        }
    }

    private static let sparkplugTopics = [
        "NBIRTH/n", "NDATA/n", "NDEATH/n", "DBIRTH/n/d", "DDATA/n/d", "DDEATH/n/d", "NBIRTH/m",
        "DBIRTH/m/d", "NCMD/n",
    ].map { Array("spBv1.0/g/\($0)".utf8) }

    private static func decodeSparkplug(
        _ topic: [UInt8], _ payload: [UInt8], _ state: inout SparkplugState
    ) throws(Violation) {
        let before = state
        let outcome: SparkplugOutcome
        do throws(Undecodable) {
            outcome = try state.decode(topic: topic.span, payload: payload.span)
        } catch {
            try require(!error.description.isEmpty, "no reason")
            try require(state == before, "undecodable, and yet something changed")
            return
        }
        try require(
            outcome.decoded.problems.count <= SparkplugLimits().problems + 1, "too many problems")
        for reading in outcome.decoded.readings {
            if case .number(let number) = reading.value { try check(number) }
            try require(!reading.metric.isEmpty, "a reading without a name")
            try require(
                reading.time.map { $0 >= .epoch && $0 <= .latest } ?? true, "\(reading)")
        }
    }

    private static func checkSparkplug(_ state: SparkplugState) throws(Violation) {
        var writer = ByteWriter()
        state.encode(into: &writer)
        var reader = ByteReader(writer.bytes)
        let again = try must("a snapshot of Sparkplug") {
            let again = try SparkplugState(from: &reader)
            try reader.expectEnd()
            return again
        }
        try require(again == state, "a snapshot of Sparkplug that reads back as another")
    }
}
