import Core
import Foundation
import Testing
import Uplink

@Suite struct ScheduleTests {
    private func isOpen(_ text: String, at time: String, zone: String = "UTC") throws -> Bool {
        let opening = try #require(Schedule.Opening(text))
        let bytes = Array(time.utf8)
        let parsed = RFC3339.parse(bytes.span)
        let moment = try #require(parsed)
        let zone = try #require(TimeZone(identifier: zone))
        return Schedule.weekly([opening]).isOpen(at: moment) { time in
            zone.secondsFromGMT(
                for: Date(timeIntervalSince1970: Double(time.microseconds) / 1_000_000))
        }
    }

    @Test(arguments: [
        // 2026-11-23 is a Monday.
        ("Mon-Fri 02:00-04:00", "2026-11-23T02:00:00Z", true),
        ("Mon-Fri 02:00-04:00", "2026-11-23T03:59:59Z", true),
        ("Mon-Fri 02:00-04:00", "2026-11-23T04:00:00Z", false),
        ("Mon-Fri 02:00-04:00", "2026-11-22T03:00:00Z", false),
        ("Sat,Sun 00:00-24:00", "2026-11-22T23:59:59Z", true),
        ("daily 22:00-06:00", "2026-11-23T05:59:00Z", true),
        ("daily 22:00-06:00", "2026-11-23T06:00:00Z", false),
        // Begins on Sunday night, and ends on Monday morning.
        ("Sun 22:00-06:00", "2026-11-23T05:00:00Z", true),
        ("Sun 22:00-06:00", "2026-11-22T05:00:00Z", false),
        ("Fri-Mon 10:00-11:00", "2026-11-22T10:30:00Z", true),
        ("Fri-Mon 10:00-11:00", "2026-11-24T10:30:00Z", false),
    ])
    func followsTheWeek(text: String, time: String, expected: Bool) throws {
        #expect(try isOpen(text, at: time) == expected)
    }

    /// Two in the morning in Zurich, winter and summer.
    @Test func followsTheZone() throws {
        let text = "daily 02:00-04:00"
        #expect(try isOpen(text, at: "2026-01-15T01:30:00Z", zone: "Europe/Zurich"))
        #expect(try !isOpen(text, at: "2026-07-15T02:30:00Z", zone: "Europe/Zurich"))
        #expect(try isOpen(text, at: "2026-07-15T00:30:00Z", zone: "Europe/Zurich"))
    }

    @Test(arguments: [
        "", "Mon", "Mon 2:00-4:00", "Mon 02:00", "Xxx 02:00-04:00", "Mon 02:00-02:00",
        "Mon 25:00-26:00", "Mon-Tue-Wed 02:00-04:00", "Mon, 02:00-04:00", "Mon 24:00-02:00",
    ])
    func refuses(text: String) {
        #expect(Schedule.Opening(text) == nil)
    }

    @Test func alwaysIsAlways() { #expect(Schedule.always.isOpen(at: .epoch) { _ in 0 }) }
}
