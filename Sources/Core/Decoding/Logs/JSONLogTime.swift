/// The time of a JSON log: RFC 3339, or a number since 1970 whose unit its size tells.
enum JSONLogTime {
    static func parse(_ text: Span<UInt8>) -> Timestamp? {
        if let time = RFC3339.parse(text) { return time }
        guard let number = Number(parsing: text) else { return nil }
        // Each unit's numbers for the years 1973 to 5138, which do not overlap.
        let format: TimestampFormat =
            switch number.double {
            case ..<1e11: .seconds
            case ..<1e14: .milliseconds
            case ..<1e17: .microseconds
            default: .nanoseconds
            }
        return format.parse(text)
    }
}
