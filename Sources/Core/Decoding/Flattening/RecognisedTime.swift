/// A moment as devices write it when nobody has said how.
package enum RecognisedTime {
    /// What a member that holds the time of its readings is called, the surest first.
    static let names = [
        "timestamp", "ts", "time", "@timestamp", "_timestamp", "datetime", "date_time",
        "timecreated", "phenomenontime", "received_at", "receivedat", "observedat", "observed_at",
        "sampled_at", "measured_at", "event_time", "eventtime", "created_at", "last_seen",
        "lastseen", "unixtime", "epoch", "gwts", "sourcetimestamp", "date", "t",
    ]

    /// `nil` for what is no time of day somewhere on Earth: text without a zone, offsets into
    /// a recording, dates that the calendar does not have.
    static func time(_ document: Document) -> Timestamp? {
        switch document {
        case .number(let number): epoch(number)
        case .text(let text): time(text)
        default: nil
        }
    }

    private static func time(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        if let time = RFC3339.parse(bytes.span) { return time }
        return Number(parsing: bytes.span).flatMap(epoch)
    }

    /// Since 1970, in the unit in which it is of this century: seconds to nanoseconds. The first
    /// 30 years are taken for counters.
    static func epoch(_ number: Number) -> Timestamp? {
        let value = number.double
        let unit: Double? =
            switch value {
            case 9.4e8..<1e11: 1e6
            case 9.4e11..<1e14: 1e3
            case 9.4e14..<1e17: 1
            case 9.4e17..<1e20: 1e-3
            default: nil
            }
        guard let unit else { return nil }
        if case .decimal(let mantissa, 0) = number {
            let exact =
                unit >= 1 ? mantissa.multipliedReportingOverflow(by: Int64(unit)) : (0, true)
            let microseconds = exact.1 ? mantissa / 1_000 : exact.0
            return Timestamp(microseconds: microseconds)
        }
        return Timestamp(microseconds: Int64((value * unit).rounded()))
    }
}
