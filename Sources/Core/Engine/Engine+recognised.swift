/// Streams whose messages themselves say what they hold.
extension Engine {
    mutating func receiveRecognised(
        _ stream: Int, _ id: TopicID, _ payload: Span<UInt8>, at arrival: Timestamp,
        _ effects: inout Effects
    ) {
        guard plan.streams[stream].payload != .log else {
            receiveLog(id, payload, at: arrival, &effects)
            return
        }
        var decoded = Decoded()
        do {
            decoded =
                try decoders[stream]?.decode(topic: topics[id], payload: payload, now: arrival)
                ?? decoded
        } catch {
            decoded.problems = [error.description]
        }
        if decoders[stream]?.hasChanged ?? false {
            decoders[stream]?.hasChanged = false
            dirty.globals = true
            if let command = decoders[stream]?.takeRebirth() {
                effects.publications.append(
                    Publication(topic: command.topic, payload: command.payload, isRetained: false))
            }
        }
        if !decoded.problems.isEmpty {
            undecodable(id, payload, arrival, decoded.problems.joined(separator: "; "), &effects)
        }
        for reading in decoded.readings {
            let number: Number
            switch reading.value {
            case .number(let value): number = value
            case .flag(let flag): number = Number(flag ? 1 : 0)
            case .text: continue
            }
            let new = series(of: reading, stream, id)
            guard let target = add(new, arrival, &effects) else { continue }
            var taken = Reading(time: arrival, number: number, quality: reading.quality)
            if let stated = reading.time {
                if stated - arrival <= plan.limits.future {
                    taken.time = stated
                } else {
                    taken.quality.worsen(Quality(.uncertain, .substituted))
                }
            }
            correctAndTake(taken, of: target, payload, arrival, source: id, &effects)
        }
    }

    /// A line after another, each a record.
    private mutating func receiveLog(
        _ id: TopicID, _ payload: Span<UInt8>, at arrival: Timestamp, _ effects: inout Effects
    ) {
        let topic = String(decoding: topics[id], as: UTF8.self)
        var start = 0
        var lines = 0
        while start < payload.count {
            var end = start
            while end < payload.count, payload[end] != UInt8(ascii: "\n") { end += 1 }
            let line = payload.extracting(start..<end)
            start = end + 1
            // An empty line is none.
            guard let decoded = try? LogDecoder.decode(line) else { continue }
            lines += 1
            guard lines <= Self.mostLines else {
                undecodable(id, payload, arrival, "more than \(Self.mostLines) lines", &effects)
                return
            }
            effects.logs.append(decoded.record(arrival: arrival, source: topic))
        }
        if lines == 0 { undecodable(id, payload, arrival, "an empty line", &effects) }
    }

    /// Of one message.
    private static let mostLines = 1_000

    private func series(of reading: DecodedReading, _ stream: Int, _ id: TopicID) -> Series {
        var labels = routes[Int(id)].labels
        labels.add(ofMessage: reading.labels)
        return Series(
            stream: plan.streams[stream].name, field: reading.metric, labels: labels,
            unit: reading.unit.map(UnitOfMeasure.code(of:)) ?? "")
    }
}

extension Plan {
    /// By stream; of those whose messages say what they hold.
    package var decoders: [AutomaticDecoder?] {
        streams.map { stream in
            guard case .recognised(let profiles) = stream.payload else { return nil }
            return AutomaticDecoder(profiles: profiles)
        }
    }
}

extension UnitOfMeasure {
    /// The UCUM code of a unit as devices write it; what is no unit stays as it is.
    package static func code(of text: String) -> String {
        do {
            return try UnitOfMeasure(text).code
        } catch {
            return error.suggestion ?? text
        }
    }
}
