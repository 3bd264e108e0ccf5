/// Shifts, days, weeks and months by the clocks of a time zone: a day may have 23 or 25 hours.
package struct WindowCalendar: Hashable, Sendable {
    package enum Period: Hashable, Sendable {
        /// One window from each of these times of the day to the next, in seconds after midnight;
        /// a single one for days.
        case day(begins: [Int64])
        /// - Parameter weekday: 0 for Monday.
        case week(weekday: Int64, begin: Int64)
        case month(begin: Int64)
    }

    package let period: Period
    package let zone: ZoneRules

    package init(_ period: Period, zone: ZoneRules) {
        self.period = period
        self.zone = zone
    }

    func window(of time: Timestamp) -> WindowPlan.Span {
        let (seconds, _) = time.microseconds.quotientAndFloorRemainder(1_000_000)
        let local = seconds + zone.offset(at: seconds)
        let (day, _) = local.quotientAndFloorRemainder(86_400)
        // Far enough on both sides for a beginning in the small hours, and a change of clocks.
        var moments: [Int64] = []
        for base in bases(around: day) {
            for begin in begins { moments.append(zone.moment(ofLocal: base * 86_400 + begin)) }
        }
        // Two beginnings that a change of clocks puts on one moment are one.
        let ordered = Set(moments).sorted()
        let next = ordered.firstIndex { $0 > seconds } ?? ordered.count - 1
        return WindowPlan.Span(
            start: Timestamp(microseconds: ordered[max(0, next - 1)] * 1_000_000),
            end: Timestamp(microseconds: ordered[next] * 1_000_000))
    }

    private var begins: [Int64] {
        switch period {
        case .day(let begins): begins
        case .week(_, let begin), .month(let begin): [begin]
        }
    }

    /// Days on which windows begin, from before a day to after it.
    private func bases(around day: Int64) -> [Int64] {
        switch period {
        case .day: return [day - 2, day - 1, day, day + 1, day + 2]
        case .week(let weekday, _):
            // 1970 began on a Thursday.
            let (_, since) = (day + 3 - weekday).quotientAndFloorRemainder(7)
            return [-7, 0, 7, 14].map { day - since + $0 }
        case .month:
            let date = CivilDate(daysSinceEpoch: day)
            return (-1...2).map { step in
                let (years, month) = (date.month - 1 + Int64(step)).quotientAndFloorRemainder(12)
                return CivilDate(year: date.year + years, month: month + 1, day: 1)?
                    .daysSinceEpoch ?? day
            }
        }
    }
}
