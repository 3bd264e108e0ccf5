package import Core

/// Shows how messages are read: a line of JSON for each.
package struct DecodingRun {
    private var decoder: AutomaticDecoder
    private let reader: RecordedLine
    package private(set) var text = JSONWriter()

    /// - Parameter now: the arrival of messages that name none.
    package init(decoder: AutomaticDecoder, now: Timestamp) {
        self.decoder = decoder
        reader = RecordedLine(arrival: now)
    }

    package mutating func take(_ message: RecordedMessage) {
        var decoded = Decoded()
        do {
            decoded = try decoder.decode(
                topic: message.topic, payload: message.payload.span, now: message.time)
        } catch {
            decoded.problems = [error.description]
        }
        text.decoded(decoded, topic: String(decoding: message.topic, as: UTF8.self))
        text.newline()
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
