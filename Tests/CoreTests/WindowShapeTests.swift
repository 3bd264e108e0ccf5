import Testing

@testable import Core

@Suite struct WindowShapeTests {
    private static let second: Microseconds = 1_000_000

    /// A change of plan closes windows early, so that none may pass unseen.
    @Test func plansThatDifferInOneThingDiffer() {
        let shape = WindowShape.tumbling(size: 10 * Self.second)
        let plans = [
            WindowPlan(shape, aggregates: [.count]),
            WindowPlan(.count(10), aggregates: [.count], idle: 10 * Self.second),
            WindowPlan(shape, aggregates: [.sum]),
            WindowPlan(shape, aggregates: [.count], clock: .arrival),
            WindowPlan(shape, aggregates: [.count], delay: 1, idle: 10 * Self.second),
            WindowPlan(shape, aggregates: [.count], lateness: 1),
            WindowPlan(shape, aggregates: [.count], idle: 1),
            WindowPlan(shape, aggregates: [.count], offset: 1),
            WindowPlan(
                shape, aggregates: [.count], calendar: WindowCalendar(.day(begins: [0]), zone: .utc)
            ),
            WindowPlan(shape, aggregates: [.count], longestSession: 1),
            WindowPlan(shape, aggregates: [.count], early: 1),
            WindowPlan(shape, aggregates: [.count], isUncertainBad: true),
            WindowPlan(shape, aggregates: [.count], rollover: 1),
            WindowPlan(shape, aggregates: [.count], hasManySources: true),
        ]
        #expect(Set(plans).count == plans.count)
        #expect(plans[0] == WindowPlan(shape, aggregates: [.count]))
    }

    /// A sensor of a calendar window may be slower than a minute.
    @Test func aCalendarWindowWaitsForADay() {
        let calendar = WindowCalendar(.day(begins: [0]), zone: .utc)
        let plan = WindowPlan(
            .calendar, aggregates: [.count], delay: 5 * Self.second, calendar: calendar)
        #expect(plan.idle == 86_405 * Self.second)
        var windows = SeriesWindowsHarness(plan)
        for second in stride(from: 0.0, to: 86_400, by: 600) {
            windows.take(second)
            windows.tick(second + 599)
        }
        #expect(windows.texts.isEmpty)
        windows.take(86_405)
        #expect(windows.texts == ["0-86400: 144"])
    }

    /// The places of all readings count, not only of those that are shipped by themselves.
    @Test func estimatesHaveThePlacesOfTheReadings() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .tumbling(size: 10 * Self.second),
                aggregates: [.quantile(5_000), .standardDeviation]))
        for (second, tenths) in [200, 204, 204, 204, 204, 210].enumerated() {
            let number = Number.decimal(mantissa: Int64(tenths), scale: 1).normalized
            windows.take(
                Reading(time: SeriesWindowsHarness.time(Double(second)), number: number))
        }
        windows.take(20)
        #expect(windows.texts == ["0-10: 20.4 0.32"])
    }

    @Test func hoppingWindowsOverlap() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .hopping(size: 10 * Self.second, hop: 5 * Self.second), aggregates: [.count]))
        for second in [1.0, 6, 7, 12, 40] { windows.take(second) }
        #expect(windows.texts == ["0-10: 3", "5-15: 3", "10-20: 1"])
    }

    @Test func slidingWindowsEndAtEachReading() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .sliding(size: 10 * Self.second, pane: Self.second), aggregates: [.count, .sum]))
        for second in [20.5, 25, 25, 31.5, 50] { windows.take(second, 2) }
        #expect(
            windows.texts == [
                "10.5-20.5: 1 2", "15-25: 2 4", "15-25: 3 6 r1", "21.5-31.5: 3 6", "40-50: 1 2",
            ])
        // One out of order counts in windows to come; one from long ago is an amendment.
        windows.take(45, 3, arrival: 51)
        windows.take(10, 7, arrival: 51)
        windows.take(51, 1)
        windows.tick(62)
        #expect(
            windows.texts.suffix(2) == ["41-51: 3 6", "0-10: 1 7 f4"])
    }

    @Test func sessionsEndAfterAGap() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .session(gap: 5 * Self.second), aggregates: [.count], delay: 3 * Self.second,
                longestSession: 20 * Self.second))
        for second in [10.0, 13, 17, 40] { windows.take(second) }
        #expect(windows.texts == ["10-22: 3"])
        // Two sessions become one by a reading between them.
        windows.take(47)
        windows.take(43.5, arrival: 47)
        windows.tick(100)
        #expect(windows.texts.last == "40-52: 3")
        // One that lasts for too long ends just after its last reading.
        for second in 100...124 { windows.take(Double(second)) }
        #expect(windows.texts.last == "100-120.000001: 21")
        windows.tick(200)
        #expect(windows.texts.last == "121-129: 4")
    }

    @Test func aLateReadingExtendsItsSession() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .session(gap: 5 * Self.second), aggregates: [.count], lateness: 60 * Self.second))
        for second in [10.0, 12, 30] { windows.take(second) }
        #expect(windows.texts == ["10-17: 2"])
        windows.take(15, arrival: 30)
        windows.tick(41)
        #expect(windows.texts.suffix(2) == ["30-35: 1", "10-20: 3 r1"])
        // One whose end was only silence goes on.
        windows.take(31, arrival: 41)
        windows.take(34, arrival: 42)
        windows.take(60)
        #expect(windows.texts.suffix(1) == ["30-39: 3 r1"])
        // Two that have been shipped stay two.
        windows.take(22, arrival: 60)
        windows.take(19, arrival: 60)
        windows.take(26, arrival: 60)
        windows.tick(75)
        #expect(
            windows.texts.suffix(4) == [
                "60-65: 1", "10-24: 4 r2", "22-27: 1 f4", "26-31: 1 f4",
            ])
    }

    /// The watermark has passed the end of a session that a reading makes too long.
    @Test func aSessionThatBecomesTooLongIsShippedAtOnce() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .session(gap: 10 * Self.second), aggregates: [.count], delay: 5 * Self.second,
                longestSession: 20 * Self.second))
        for second in [101.0, 110, 119, 130] { windows.take(second) }
        #expect(windows.texts.isEmpty)
        windows.take(121, arrival: 130)
        #expect(windows.texts == ["101-121.000001: 4"])
        windows.take(122, arrival: 130)
        windows.tick(200)
        #expect(windows.texts.last == "122-140: 2")
    }

    @Test func countWindowsGoByArrival() {
        var windows = SeriesWindowsHarness(WindowPlan(.count(3), aggregates: [.count, .sum]))
        for second in [5.0, 3, 4, 9, 1, 2, 8] { windows.take(second, 1) }
        #expect(windows.texts == ["3-5: 3 3", "1-9: 3 3"])
        // However long that takes.
        #expect(windows.due(1_000_000) == nil)
        windows.tick(1_000_000)
        #expect(windows.texts.count == 2)
        windows.closeEarly()
        #expect(windows.texts.last == "8-8: 1 1 f1")
    }

    @Test func processingTimeGoesByArrival() {
        var windows = SeriesWindowsHarness(
            WindowPlan(.tumbling(size: 10 * Self.second), aggregates: [.count], clock: .arrival))
        windows.take(3, arrival: 101)
        windows.take(900, arrival: 102)
        #expect(windows.due(102) == SeriesWindowsHarness.time(110))
        windows.tick(110)
        #expect(windows.texts == ["100-110: 2"])
    }

    @Test func anOpenWindowIsShippedEarly() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .tumbling(size: 60 * Self.second), aggregates: [.count], early: 20 * Self.second))
        for second in stride(from: 1.0, to: 70, by: 10) { windows.take(second) }
        #expect(windows.texts == ["0-60: 3 f8", "0-60: 5 r1 f8", "0-60: 6 r2", "60-120: 1 f8"])
    }

    @Test func lateWithinTheAllowedLatenessIsARevision() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .tumbling(size: 10 * Self.second), aggregates: [.count, .last],
                lateness: 30 * Self.second))
        windows.take(5, 1)
        windows.take(21, 2)
        windows.take(8, 3, arrival: 21)
        windows.take(9, 4, arrival: 22)
        windows.take(15, 5, arrival: 22)
        windows.tick(31)
        #expect(windows.texts == ["0-10: 1 1", "0-10: 3 4 r1", "10-20: 1 5 r1"])
        // Beyond it: an amendment.
        windows.take(60, 6)
        windows.take(7, 7, arrival: 60)
        windows.tick(70)
        #expect(windows.texts.suffix(3) == ["20-30: 1 2", "60-70: 1 6", "0-10: 1 7 f4"])
    }

    @Test func oneSourcesClockDoesNotMakeAnotherLate() {
        var windows = SeriesWindowsHarness(
            WindowPlan(
                .tumbling(size: 10 * Self.second), aggregates: [.count], idle: 30 * Self.second,
                hasManySources: true))
        func reading(_ second: Double) -> Reading {
            Reading(time: SeriesWindowsHarness.time(second), number: Number(1))
        }
        windows.take(reading(1), arrival: SeriesWindowsHarness.time(1), source: 1)
        windows.take(reading(500), arrival: SeriesWindowsHarness.time(1), source: 2)
        windows.take(reading(2), arrival: SeriesWindowsHarness.time(2), source: 1)
        #expect(windows.texts.isEmpty)
        // Source 1 falls silent, and holds nothing back any more.
        windows.take(reading(531), arrival: SeriesWindowsHarness.time(32), source: 2)
        #expect(windows.texts == ["0-10: 2", "500-510: 1"])
    }

    /// Europe/Zurich, 2026: summer time from March 29th 02:00 to October 25th 03:00.
    @Test func daysHaveTwentyThreeOrTwentyFiveHours() throws {
        func moment(_ text: String) throws -> Timestamp {
            let parsed = RFC3339.parse(Array(text.utf8).span)
            return try #require(parsed)
        }
        let zone = ZoneRules(
            initial: 3_600,
            changes: [
                .init(
                    time: try moment("2026-03-29T01:00:00Z").microseconds / 1_000_000, offset: 7_200
                ),
                .init(
                    time: try moment("2026-10-25T01:00:00Z").microseconds / 1_000_000, offset: 3_600
                ),
            ])
        func window(
            _ period: WindowCalendar.Period, _ text: String
        ) throws -> String {
            let span = WindowCalendar(period, zone: zone).window(of: try moment(text))
            return "\(span.start) \(span.end)"
        }
        func check(
            _ period: WindowCalendar.Period, _ time: String, _ expected: String
        ) throws {
            #expect(try window(period, time) == expected)
        }
        let day = WindowCalendar.Period.day(begins: [0])
        try check(day, "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z")
        try check(day, "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z 2026-10-25T23:00:00Z")
        let shifts = WindowCalendar.Period.day(begins: [6, 14, 22].map { $0 * 3_600 })
        try check(shifts, "2026-03-29T00:30:00Z", "2026-03-28T21:00:00Z 2026-03-29T04:00:00Z")
        try check(shifts, "2026-10-25T00:30:00Z", "2026-10-24T20:00:00Z 2026-10-25T05:00:00Z")
        // A beginning that the clocks leave out, and one that they show twice.
        let early = WindowCalendar.Period.day(begins: [9_000])
        try check(early, "2026-03-29T12:00:00Z", "2026-03-29T01:30:00Z 2026-03-30T00:30:00Z")
        try check(early, "2026-10-25T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")
        try check(
            .week(weekday: 0, begin: 6 * 3_600), "2026-11-26T12:00:00Z",
            "2026-11-23T05:00:00Z 2026-11-30T05:00:00Z")
        try check(
            .month(begin: 0), "2026-12-31T23:30:00Z",
            "2026-12-31T23:00:00Z 2027-01-31T23:00:00Z")
    }
}
