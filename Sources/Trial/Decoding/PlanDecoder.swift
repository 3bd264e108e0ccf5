package import Core

/// Reads messages as the streams of a configuration do, up to their calibration.
package struct PlanDecoder {
    private let streams: [StreamPlan]
    private var readers: [PayloadReader]
    private var decoders: [AutomaticDecoder?]
    private var values: [PayloadReader.Value] = []

    package init(_ plan: Plan) {
        streams = plan.streams
        readers = plan.streams.map { PayloadReader($0.payload) }
        decoders = plan.decoders
    }

    package mutating func decode(
        topic: [UInt8], payload: Span<UInt8>, now: Timestamp?
    ) throws(Undecodable) -> Decoded {
        for (index, stream) in streams.enumerated() {
            guard let labels = stream.pattern.match(topic.span) else { continue }
            if stream.payload == .log {
                let line = try LogDecoder.decode(payload)
                return Decoded(problems: ["a line of a log, no reading: \(line.message)"])
            }
            if decoders[index] != nil {
                var decoded =
                    try decoders[index]?.decode(topic: topic, payload: payload, now: now)
                    ?? Decoded()
                for reading in decoded.readings.indices {
                    let own = decoded.readings[reading].labels
                    decoded.readings[reading].labels = labels
                    decoded.readings[reading].labels.add(ofMessage: own)
                }
                return decoded
            }
            let time = try readers[index].read(payload, into: &values)
            return Decoded(
                readings: values.map { value in
                    let field = stream.fields[value.field]
                    return DecodedReading(
                        field.name, .number(value.number),
                        unit: field.unit.isEmpty ? nil : field.unit, time: time, labels: labels)
                })
        }
        throw Undecodable("no stream of the configuration has a 'topic' for it")
    }
}
