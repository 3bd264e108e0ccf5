internal import Core

/// Lengths of time and sizes as people write them.
enum Quantities {
    static let spanExpectation = "a length of time such as 500ms, 10s, 5m, 2h or 1d"
    static let sizeExpectation = "a size such as 4096, 256KiB or 4MiB"

    private static let spans: [(String, Microseconds)] = [
        ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000),
        ("d", 86_400_000_000),
    ]

    static func span(_ text: String) -> Microseconds? {
        let digits = text.prefix { $0.isNumber }
        let unit = text.dropFirst(digits.count)
        guard let number = Int64(digits), let factor = spans.first(where: { $0.0 == unit })?.1
        else { return nil }
        let (span, overflow) = number.multipliedReportingOverflow(by: factor)
        // A hundred years bound what is computed with it.
        return overflow || span > 100 * 366 * 86_400_000_000 ? nil : span
    }

    /// A span above zero.
    static func positiveSpan(_ text: String) -> Microseconds? {
        span(text).flatMap { $0 > 0 ? $0 : nil }
    }

    static func size(_ text: String) -> Int? {
        let digits = text.prefix { $0.isNumber }
        let factors = ["": 1, "B": 1, "KiB": 1_024, "MiB": 1_048_576, "GiB": 1_073_741_824]
        guard let number = Int(digits), number > 0,
            let factor = factors[String(text.dropFirst(digits.count))]
        else { return nil }
        let (size, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : size
    }

    static func count(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 ? $0 : nil } }

    /// Seconds after midnight.
    static func timeOfDay(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int64(parts[0]),
            let minute = Int64(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return hour * 3_600 + minute * 60
    }

    static func port(_ text: String) -> Int? {
        Int(text).flatMap { (1...65_535).contains($0) ? $0 : nil }
    }

    static func number(_ text: String) -> Number? { Number(parsing: Array(text.utf8).span) }
}
