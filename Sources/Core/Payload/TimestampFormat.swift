/// How a payload writes its time.
package enum TimestampFormat: String, CaseIterable, Hashable, Sendable {
    case seconds = "s"
    case milliseconds = "ms"
    case microseconds = "us"
    case nanoseconds = "ns"
    case rfc3339

    /// `nil` where the text is not in this format, or outside 1970 to 9999.
    package func parse(_ text: Span<UInt8>) -> Timestamp? { parse(text, 0..<text.count) }

    /// What is in the range, which no further digit follows.
    func parse(_ text: Span<UInt8>, _ range: Range<Int>) -> Timestamp? {
        switch self {
        case .seconds: Self.epoch(text, range, places: 6)
        case .milliseconds: Self.epoch(text, range, places: 3)
        case .microseconds: Self.epoch(text, range, places: 0)
        case .nanoseconds: Self.epoch(text, range, places: -3)
        case .rfc3339: RFC3339.parse(text.extracting(range))
        }
    }

    /// A number of units of which one is `10^places` microseconds. What is finer than a
    /// microsecond is cut off.
    private static func epoch(
        _ text: Span<UInt8>, _ range: Range<Int>, places: Int
    ) -> Timestamp? {
        guard let number = Number(parsing: text, range),
            case .decimal(let mantissa, let scale) = number, mantissa >= 0
        else { return nil }
        let shift = places - Int(scale)
        let microseconds: Int64
        if shift >= 0 {
            let (product, overflow) = mantissa.multipliedReportingOverflow(
                by: Number.integerPower(UInt8(shift)))
            guard !overflow else { return nil }
            microseconds = product
        } else {
            microseconds = shift < -18 ? 0 : mantissa / Number.integerPower(UInt8(-shift))
        }
        return microseconds <= Timestamp.latest.microseconds
            ? Timestamp(microseconds: microseconds) : nil
    }
}
