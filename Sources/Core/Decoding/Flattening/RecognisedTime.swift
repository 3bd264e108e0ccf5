/// A moment as devices write it when nobody has said how.
package enum RecognisedTime {
    /// What a member that holds the time of its readings is called, the surest first.
    private static let names = [
        "timestamp", "ts", "tst", "time", "@timestamp", "_timestamp", "datetime", "date_time",
        "timecreated", "phenomenontime", "timeinstant", "received_at", "receivedat", "observedat",
        "observed_at", "sampled_at", "measured_at", "readingtime", "event_time", "eventtime",
        "created_at", "senton", "systimestamp", "enqueuedtime", "reported_at", "last_seen",
        "lastseen", "unixtime", "epoch", "gwts", "origin", "sourcetimestamp", "servertimestamp",
        "date", "t",
    ]
    private static let ranks = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })

    /// The lower, the surer; `nil` for names that are none of a time.
    static func rank(of name: String) -> Int? { ranks[name.lowercased()] }

    static func isTime(_ member: Document.Member) -> Bool {
        rank(of: member.name) != nil && time(member.value) != nil
    }

    /// `nil` for what is no time of day somewhere on Earth: text without a zone, offsets into
    /// a recording, dates that the calendar does not have.
    static func time(_ document: Document) -> Timestamp? {
        switch document {
        case .number(let number): return epoch(number)
        case .text(let text): return time(text)
        // MongoDB's Extended JSON, versions 1 and 2, "Date".
        case .object(let members):
            guard members.count == 1, ["$date", "$numberLong"].contains(members[0].name) else {
                return nil
            }
            return time(members[0].value)
        default: return nil
        }
    }

    private static func time(_ text: String) -> Timestamp? {
        var bytes = Array(text.utf8)
        if let time = RFC3339.parse(bytes.span) { return time }
        if let number = Number(parsing: bytes.span) { return epoch(number) }
        // ISO 8601's basic offset, `+0200`, after the extended time that RFC 3339 has.
        guard bytes.count > 20, bytes.suffix(4).allSatisfy({ (0x30...0x39).contains($0) }),
            [0x2b, 0x2d].contains(bytes[bytes.count - 5])
        else { return nil }
        bytes.insert(UInt8(ascii: ":"), at: bytes.count - 2)
        return RFC3339.parse(bytes.span)
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
