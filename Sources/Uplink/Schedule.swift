package import Core

/// When the link may be used: always, or at weekly times of a time zone.
package enum Schedule: Hashable, Sendable {
    case always
    case weekly([Opening])

    /// Such as `Mon-Fri 02:00-04:00`; from 22:00 to 06:00 runs into the next day.
    package struct Opening: Hashable, Sendable {
        /// 0 Monday to 6 Sunday: the days on which it begins.
        package var days: Set<Int>
        /// Minutes since midnight.
        package var from: Int
        package var to: Int

        package init(days: Set<Int>, from: Int, to: Int) {
            self.days = days
            self.from = from
            self.to = to
        }

        func contains(day: Int, minute: Int) -> Bool {
            if from < to { return days.contains(day) && (from..<to).contains(minute) }
            return days.contains(day) && minute >= from
                || days.contains((day + 6) % 7) && minute < to
        }
    }

    /// - Parameter offset: seconds east of Greenwich at that time, by the zone's rules.
    package func isOpen(at time: Timestamp, offset: (Timestamp) -> Int) -> Bool {
        guard case .weekly(let openings) = self else { return true }
        let local = time.microseconds / 1_000_000 + Int64(offset(time))
        let (days, second) = local.quotientAndFloorRemainder(86_400)
        // 1970-01-01 was a Thursday.
        let (_, weekday) = (days + 3).quotientAndFloorRemainder(7)
        return openings.contains { $0.contains(day: Int(weekday), minute: Int(second / 60)) }
    }
}

extension Schedule.Opening {
    package static let expectation =
        "days and times such as 'Mon-Fri 02:00-04:00', 'Sat,Sun 00:00-24:00' "
        + "or 'daily 22:00-06:00'"
    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// `nil` for text that is not as `expectation` says.
    package init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let days = Self.days(parts[0]) else { return nil }
        let times = parts[1].split(separator: "-")
        guard times.count == 2, let from = Self.minutes(times[0]), let to = Self.minutes(times[1]),
            from != to, from < 1_440
        else { return nil }
        self.init(days: days, from: from, to: to)
    }

    private static func days(_ text: Substring) -> Set<Int>? {
        guard text.lowercased() != "daily" else { return Set(0..<7) }
        var days: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
                .map { names.firstIndex(of: $0.lowercased()) }
            guard let first = ends.first, let from = first, let last = ends.last, let to = last,
                ends.count <= 2
            else { return nil }
            for step in 0...((to - from + 7) % 7) { days.insert((from + step) % 7) }
        }
        return days
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0..<60).contains(minute),
            (0..<24).contains(hour) || (hour == 24 && minute == 0)
        else { return nil }
        return hour * 60 + minute
    }
}
