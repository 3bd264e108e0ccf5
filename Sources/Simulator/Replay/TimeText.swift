/// Reads the moments that CSV files hold: `2020-02-08 13:30:47`, `2020/02/08T13:30:47.25Z`,
/// `2020-02-08 13:30:47+01:00`, `8/1/2019 7:11` (month, day, year, as spreadsheets of the
/// United States write it, also with `AM` and `PM`), or a plain number of seconds or
/// milliseconds since 1970.
package enum TimeText {
    /// Milliseconds since 1970 in UTC; `nil` for what is no time.
    ///
    /// - Parameter zone: of a time that names none.
    package static func milliseconds(_ text: String, zone: ZoneOffset = .utc) -> Int64? {
        if let number = Int64(text) {
            // Seconds until the year 5138, milliseconds from 1973 on.
            let milliseconds = number.magnitude < 100_000_000_000 ? number * 1_000 : number
            return milliseconds.magnitude <= yearTenThousand ? milliseconds : nil
        }
        var scanner = DigitScanner(text)
        guard let days = days(&scanner, isMonthFirst: isMonthFirst(text)) else { return nil }
        guard !scanner.isAtEnd else { return days * 86_400_000 - zone.milliseconds }
        guard scanner.any(of: "T t") != nil, let inDay = inDay(&scanner) else { return nil }
        var offset = zone
        if !scanner.isAtEnd {
            guard let stated = ZoneOffset(&scanner) else { return nil }
            offset = stated
        }
        guard scanner.isAtEnd else { return nil }
        return days * 86_400_000 + inDay - offset.milliseconds
    }

    /// No time is as far from 1970, before it or after, so that times can be added up.
    private static let yearTenThousand: UInt64 = 253_402_300_800_000

    private static func isMonthFirst(_ text: String) -> Bool {
        text.utf8.prefix(3).dropFirst().contains(UInt8(ascii: "/"))
    }

    private static func days(_ scanner: inout DigitScanner, isMonthFirst: Bool) -> Int64? {
        if isMonthFirst {
            guard let month = scanner.number(atMost: 2), scanner.any(of: "/") != nil,
                let day = scanner.number(atMost: 2), scanner.any(of: "/") != nil,
                let year = scanner.number(digits: 4)
            else { return nil }
            return days(year, month, day)
        }
        guard let year = scanner.number(digits: 4), let dash = scanner.any(of: "-/"),
            let month = scanner.number(digits: 2), scanner.any(of: dash) != nil,
            let day = scanner.number(digits: 2)
        else { return nil }
        return days(year, month, day)
    }

    /// Milliseconds since midnight.
    private static func inDay(_ scanner: inout DigitScanner) -> Int64? {
        guard var hour = scanner.number(atMost: 2), hour < 24, scanner.any(of: ":") != nil,
            let minute = scanner.number(digits: 2), minute < 60
        else { return nil }
        var rest: Int64 = 0
        if scanner.any(of: ":") != nil {
            guard let second = scanner.number(digits: 2), second <= 60 else { return nil }
            rest = second * 1_000
            if scanner.any(of: ".,") != nil {
                guard let fraction = scanner.thousandths() else { return nil }
                rest += fraction
            }
        }
        if let half = scanner.halfOfDay() {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + half
        }
        return (hour * 60 + minute) * 60_000 + rest
    }

    /// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...Int64(lengths[Int(month) - 1])).contains(day) else {
            return nil
        }
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
