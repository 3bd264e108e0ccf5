package import Core

/// Shows how messages are read: a line of JSON for each.
package struct DecodingRun {
    private var decoder: Decoder
    private let reader: RecordedLine
    package private(set) var text = JSONWriter()

    /// By what messages are read.
    package enum Decoder {
        case automatic(AutomaticDecoder)
        case plan(PlanDecoder)
    }

    /// - Parameter now: the arrival of messages that name none.
    package init(decoder: Decoder, now: Timestamp) {
        self.decoder = decoder
        reader = RecordedLine(arrival: now)
    }

    package mutating func take(_ message: RecordedMessage) {
        var decoded = Decoded()
        do {
            decoded = try decode(message)
        } catch {
            decoded.problems = [error.description]
        }
        text.decoded(decoded, topic: String(decoding: message.topic, as: UTF8.self))
        text.newline()
    }

    private mutating func decode(_ message: RecordedMessage) throws(Undecodable) -> Decoded {
        switch decoder {
        case .automatic(var automatic):
            defer { decoder = .automatic(automatic) }
            return try automatic.decode(
                topic: message.topic, payload: message.payload.span, now: message.time)
        case .plan(var plan):
            defer { decoder = .plan(plan) }
            return try plan.decode(
                topic: message.topic, payload: message.payload.span, now: message.time)
        }
    }

    /// One message as JSON; one that can't be read costs the others nothing.
    package mutating func take(line: [UInt8]) {
        do {
            take(try reader.message(line.span))
        } catch {
            text.decoded(Decoded(problems: ["\(error.problem); \(error.advice)"]), topic: nil)
            text.newline()
        }
    }

    package mutating func takeText() -> [UInt8] {
        defer { text.clear() }
        return text.bytes
    }
}
