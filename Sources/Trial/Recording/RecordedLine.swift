package import Core
internal import Foundation
package import Simulator

/// Reads a line of a recording: `{"topic":"a/b","payload":"21.5","ts":1763932774123}`, with
/// `payload_b64` for what is no text, and `retain`. `ts` is in milliseconds since 1970, or
/// RFC 3339. What `mosquitto_sub -F %j` writes is such a line too: it calls the time `tst`.
package struct RecordedLine: Sendable {
    private let zone: ZoneOffset
    private let arrival: Timestamp?
    private let scanner: JSONScanner

    package struct Malformed: Error, Hashable, Sendable {
        package let problem: String
        package let advice: String
    }

    /// - Parameters:
    ///   - zone: of times that name none.
    ///   - arrival: of lines that name none; `nil` where each must.
    package init(zone: ZoneOffset = .utc, arrival: Timestamp? = nil) {
        self.zone = zone
        self.arrival = arrival
        // Each of them is a path.
        scanner = JSONScanner(
            paths: Member.allCases.compactMap { try? JSONPath("$.\($0.name)") })
    }

    /// In the order of the findings.
    fileprivate enum Member: Int, CaseIterable {
        case topic, payload, encodedPayload, ts, tst, retain

        var name: String { self == .encodedPayload ? "payload_b64" : "\(self)" }
    }

    private typealias Findings = [JSONScanner.Finding]

    package func message(_ line: Span<UInt8>) throws(Malformed) -> RecordedMessage {
        var findings: Findings = []
        do {
            try scanner.scan(line, into: &findings)
        } catch {
            throw Malformed(
                problem: error.description,
                advice: #"expected an object such as {"topic":"a/b","payload":"1","ts":0}"#)
        }
        let topic = findings[.topic]
        guard topic.kind == .string, !topic.range.isEmpty else {
            throw Malformed(problem: "no 'topic'", advice: "expected a text that is not empty")
        }
        return RecordedMessage(
            topic: JSONScanner.text(of: topic, in: line),
            payload: try payload(findings, line), time: try time(findings, line),
            isRetained: isRetained(findings, line))
    }

    private func payload(
        _ findings: Findings, _ line: Span<UInt8>
    ) throws(Malformed) -> [UInt8] {
        let plain = findings[.payload]
        switch plain.kind {
        case .string: return JSONScanner.text(of: plain, in: line)
        case .number: return Self.bytes(plain, line)
        // What mosquitto_sub writes of an empty message.
        case .null: return []
        case .missing: break
        case .truth, .falsehood, .other:
            throw Malformed(
                problem: "'payload' is not a text",
                advice: "quote it; of mosquitto_sub's formats take %j, not %J")
        }
        let encoded = findings[.encodedPayload]
        guard encoded.kind == .string else {
            throw Malformed(problem: "no 'payload'", advice: "expected it, or 'payload_b64'")
        }
        guard let data = Data(base64Encoded: Data(JSONScanner.text(of: encoded, in: line))) else {
            throw Malformed(
                problem: "'payload_b64' is not base64", advice: "see RFC 4648, section 4")
        }
        return Array(data)
    }

    private func time(_ findings: Findings, _ line: Span<UInt8>) throws(Malformed) -> Timestamp {
        let finding = findings[.ts].kind == .missing ? findings[.tst] : findings[.ts]
        if finding.kind == .missing, let arrival { return arrival }
        var time: Timestamp?
        switch finding.kind {
        case .number: time = TimestampFormat.milliseconds.parse(line.extracting(finding.range))
        case .string:
            let text = JSONScanner.text(of: finding, in: line)
            time = RFC3339.parse(text.span) ?? zoneless(String(decoding: text, as: UTF8.self))
        case .missing, .truth, .falsehood, .null, .other: break
        }
        guard let time else {
            throw Malformed(
                problem: finding.kind == .missing ? "no 'ts'" : "'ts' is no time",
                advice: "expected milliseconds since 1970, or RFC 3339")
        }
        return time
    }

    /// RFC 3339 without its zone, or with one without its colon as mosquitto_sub writes it.
    private func zoneless(_ text: String) -> Timestamp? {
        guard let milliseconds = TimeText.milliseconds(text, zone: zone), milliseconds >= 0,
            milliseconds <= Timestamp.latest.microseconds / 1_000
        else { return nil }
        return Timestamp(microseconds: milliseconds * 1_000)
    }

    private func isRetained(_ findings: Findings, _ line: Span<UInt8>) -> Bool {
        let finding = findings[.retain]
        return finding.kind == .truth
            || finding.kind == .number && Self.bytes(finding, line) == [UInt8(ascii: "1")]
    }

    private static func bytes(_ finding: JSONScanner.Finding, _ line: Span<UInt8>) -> [UInt8] {
        line.extracting(finding.range).withUnsafeBufferPointer { Array($0) }
    }
}

extension [JSONScanner.Finding] {
    fileprivate subscript(member: RecordedLine.Member) -> JSONScanner.Finding {
        self[member.rawValue]
    }
}
