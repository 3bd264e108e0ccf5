/// Reads the moments that CSV files hold: `2020-02-08 13:30:47`, `2020/02/08T13:30:47.25Z`,
/// `2020-02-08 13:30:47+01:00`, or a plain number of seconds or milliseconds since 1970.
package enum TimeText {
    /// Milliseconds since 1970 in UTC; a time without a zone is taken as UTC. `nil` for what
    /// is no time.
    package static func milliseconds(_ text: String) -> Int64? {
        if let number = Int64(text) {
            // Seconds until the year 5138, milliseconds from 1973 on.
            let milliseconds = number.magnitude < 100_000_000_000 ? number * 1_000 : number
            return milliseconds.magnitude <= yearTenThousand ? milliseconds : nil
        }
        var scanner = DigitScanner(text)
        guard let year = scanner.number(digits: 4), let dash = scanner.any(of: "-/"),
            let month = scanner.number(digits: 2), scanner.any(of: dash) != nil,
            let day = scanner.number(digits: 2), let days = days(year, month, day)
        else { return nil }
        guard !scanner.isAtEnd else { return days * 86_400_000 }
        guard scanner.any(of: "T t") != nil, let hour = scanner.number(digits: 2), hour < 24,
            scanner.any(of: ":") != nil, let minute = scanner.number(digits: 2), minute < 60
        else { return nil }
        var milliseconds = (hour * 60 + minute) * 60_000
        if scanner.any(of: ":") != nil {
            guard let second = scanner.number(digits: 2), second <= 60 else { return nil }
            milliseconds += second * 1_000
            if scanner.any(of: ".,") != nil {
                guard let fraction = scanner.thousandths() else { return nil }
                milliseconds += fraction
            }
        }
        guard let offset = offset(&scanner), scanner.isAtEnd else { return nil }
        return days * 86_400_000 + milliseconds - offset
    }

    /// No time is as far from 1970, before it or after, so that times can be added up.
    private static let yearTenThousand: UInt64 = 253_402_300_800_000

    /// East of Greenwich, in milliseconds.
    private static func offset(_ scanner: inout DigitScanner) -> Int64? {
        if scanner.isAtEnd || scanner.any(of: "Zz") != nil { return 0 }
        guard let sign = scanner.any(of: "+-"), let hours = scanner.number(digits: 2) else {
            return nil
        }
        _ = scanner.any(of: ":")
        let minutes = scanner.isAtEnd ? 0 : scanner.number(digits: 2)
        guard hours < 24, let minutes, minutes < 60 else { return nil }
        return (sign == "+" ? 1 : -1) * (hours * 60 + minutes) * 60_000
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
