/// How a payload writes its time.
package enum TimestampFormat: String, CaseIterable, Hashable, Sendable {
    case seconds = "s"
    case milliseconds = "ms"
    case microseconds = "us"
    case nanoseconds = "ns"
    case rfc3339

    /// `nil` where the text is not in this format, or outside 1970 to 9999.
    package func parse(_ text: Span<UInt8>) -> Timestamp? {
        switch self {
        case .seconds: Self.epoch(text, places: 6)
        case .milliseconds: Self.epoch(text, places: 3)
        case .microseconds: Self.epoch(text, places: 0)
        case .nanoseconds: Self.epoch(text, places: -3)
        case .rfc3339: RFC3339.parse(text)
        }
    }

    /// A number of units of which one is `10^places` microseconds. What is finer than a
    /// microsecond is cut off.
    private static func epoch(_ text: Span<UInt8>, places: Int) -> Timestamp? {
        guard let number = Number(parsing: text),
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
