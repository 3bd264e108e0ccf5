import Core
import Foundation
import Gateway
import Testing

/// Messages as devices really send them: each of their readings, and no other.
@Suite struct DevicePayloadTests {
    private static let file = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/data/payloads.jsonl").standardizedFileURL

    @Test func everyReadingOfEachMessage() throws {
        guard let text = try? String(contentsOf: Self.file, encoding: .utf8) else {
            print("skipped: real payloads, since there is no \(Self.file.path)")
            return
        }
        var decoder = AutomaticDecoder(profiles: DeviceProfiles.shipped)
        var count = 0
        for line in text.split(separator: "\n") {
            let message = try JSONDecoder().decode(RealMessage.self, from: Data(line.utf8))
            count += 1
            var decoded = Decoded()
            do {
                decoded = try decoder.decode(
                    topic: Array(message.topic.utf8), payload: message.bytes.span, now: nil)
            } catch {
                decoded.problems = [error.description]
            }
            let name = "\(message.vendor), \(message.topic)"
            // What needs a device's codec is refused with the reason.
            let expected = message.codec == nil ? message.expected : []
            if message.codec != nil { #expect(!decoded.problems.isEmpty, "\(name)") }
            var rest = decoded.readings
            for wanted in expected {
                let place = rest.firstIndex { wanted.fits($0) }
                #expect(place != nil, "\(name): no \(wanted) in \(rest)")
                if let place { rest.remove(at: place) }
            }
            let optional = Set((message.optional ?? []).map(\.metric))
            rest.removeAll { optional.contains($0.metric) }
            #expect(rest.isEmpty, "\(name): more than there is")
        }
        #expect(count > 80)
    }
}

/// A line of the file.
private struct RealMessage: Decodable {
    struct Expected: Decodable, CustomStringConvertible {
        let metric: String
        let value: Value?
        let unit: String?
        let ts: Double?
        let quality: String?
        let tags: [String: String]?

        var description: String { "\(metric)=\(String(describing: value))" }

        func fits(_ reading: DecodedReading) -> Bool {
            let milliseconds = reading.time.map { Double($0.microseconds) / 1_000 }
            let isInTime =
                ts == nil
                ? milliseconds == nil
                : milliseconds.map { abs($0 - (ts ?? 0)) <= 1 } ?? false
            return reading.metric == metric && value?.equals(reading.value) ?? false && isInTime
                && (unit == nil || unit == reading.unit)
                && (quality == nil || quality == reading.quality.level.name)
                && (tags ?? [:]).allSatisfy { name, value in
                    reading.labels.contains { $0.name == name && $0.value == value }
                }
        }
    }

    enum Value: Decodable {
        case flag(Bool)
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func equals(_ value: DecodedReading.Value) -> Bool {
            switch (self, value) {
            case (.flag(let mine), .flag(let other)): mine == other
            case (.number(let mine), .number(let other)): mine == other.double
            case (.text(let mine), .text(let other)): mine == other
            default: false
            }
        }
    }

    let vendor: String
    let topic: String
    let payload: String?
    let encoded: String?
    let expected: [Expected]
    let optional: [Expected]?
    let codec: String?

    private enum CodingKeys: String, CodingKey {
        case vendor, topic, payload, expected, optional, codec
        case encoded = "payload_b64"
    }

    var bytes: [UInt8] {
        if let payload { return Array(payload.utf8) }
        return encoded.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
    }
}
