import Core
import Foundation
import Simulator
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Int64(0)),
        ("2026-11-23T21:19:34Z", 1_795_468_774_000_000),
        ("2026-11-23t21:19:34.5z", 1_795_468_774_500_000),
        ("2026-11-23 22:19:34.123456789+01:00", 1_795_468_774_123_456),
        ("2024-02-29T00:00:00-00:30", 1_709_166_600_000_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ])
    func readsRFC3339(text: String, microseconds: Int64) {
        let bytes = Array(text.utf8)
        let time = RFC3339.parse(bytes.span)
        #expect(time?.microseconds == microseconds)
    }

    @Test(arguments: [
        "2023-06-31T19:05:28+01:00", "2023-02-29T00:00:00Z", "2026-11-23T24:00:00Z",
        "2026-11-23T21:19:34", "2026-11-23", "2026-11-23T21:19:34+0100", "1969-12-31T23:59:59Z",
        "2026-11-23T21:19:34.Z", "2026-13-01T00:00:00Z",
    ])
    func refuses(text: String) {
        let bytes = Array(text.utf8)
        let time = RFC3339.parse(bytes.span)
        #expect(time == nil)
    }

    @Test func agreesWithFoundation() throws {
        var generator = SplitMix(seed: 4)
        let style = Date.ISO8601FormatStyle()
        for _ in 0..<500 {
            let second = Int64.random(in: 0...253_402_300_799, using: &generator)
            let time = Timestamp(microseconds: second * 1_000_000)
            let text = Date(timeIntervalSince1970: Double(second)).formatted(style)
            #expect(time.description == text)
            let bytes = Array(text.utf8)
            let parsed = RFC3339.parse(bytes.span)
            #expect(parsed == time)
        }
    }

    @Test(arguments: [
        (TimestampFormat.seconds, "1700000000.123", Int64(1_700_000_000_123_000)),
        (.milliseconds, "1700000000123", 1_700_000_000_123_000),
        (.microseconds, "1700000000123456", 1_700_000_000_123_456),
        (.nanoseconds, "1700000000123456789", 1_700_000_000_123_456),
    ])
    func readsEpochs(format: TimestampFormat, text: String, microseconds: Int64) {
        let time = Self.parse(text, format)
        #expect(time?.microseconds == microseconds)
    }

    @Test func refusesEpochsOutOfRange() {
        #expect(Self.parse("-1", .seconds) == nil)
        #expect(Self.parse("1e17", .seconds) == nil)
        #expect(Self.parse("253402300800000", .milliseconds) == nil)
    }

    private static func parse(_ text: String, _ format: TimestampFormat) -> Timestamp? {
        let bytes = Array(text.utf8)
        return format.parse(bytes.span)
    }
}
