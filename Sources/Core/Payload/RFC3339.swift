/// RFC 3339, section 5.6: `2026-11-23T21:19:34.5Z`, `2026-11-23 21:19:34+01:00`.
package enum RFC3339 {
    /// `nil` for other text, for dates that the calendar does not have, and outside 1970
    /// to 9999. What is finer than a microsecond is cut off. A leap second counts as the
    /// second after it.
    package static func parse(_ text: Span<UInt8>) -> Timestamp? {
        guard text.count >= 20,
            let year = digits(text, 0, 4), text[4] == UInt8(ascii: "-"),
            let month = digits(text, 5, 2), text[7] == UInt8(ascii: "-"),
            let day = digits(text, 8, 2),
            text[10] | 0x20 == UInt8(ascii: "t") || text[10] == UInt8(ascii: " "),
            let hour = digits(text, 11, 2), text[13] == UInt8(ascii: ":"),
            let minute = digits(text, 14, 2), text[16] == UInt8(ascii: ":"),
            let second = digits(text, 17, 2),
            hour < 24, minute < 60, second <= 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var index = 19
        guard let fraction = fraction(text, &index), let offset = offset(text, &index),
            index == text.count
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offset
        let time = Timestamp(microseconds: seconds * 1_000_000 + fraction)
        return time >= .epoch && time <= .latest ? time : nil
    }

    private static func digits(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int64? {
        guard start + count <= text.count else { return nil }
        var value: Int64 = 0
        for index in start..<start + count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    /// Microseconds.
    private static func fraction(_ text: Span<UInt8>, _ index: inout Int) -> Int64? {
        guard text[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        let start = index
        var value: Int64 = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            if index - start < 6 { value = value * 10 + Int64(digit) }
            index += 1
        }
        guard index > start else { return nil }
        for _ in Swift.min(index - start, 6)..<6 { value *= 10 }
        return value
    }

    /// Seconds east of Greenwich.
    private static func offset(_ text: Span<UInt8>, _ index: inout Int) -> Int64? {
        guard index < text.count else { return nil }
        let sign = text[index]
        if sign | 0x20 == UInt8(ascii: "z") {
            index += 1
            return 0
        }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let hours = digits(text, index + 1, 2), index + 3 < text.count,
            text[index + 3] == UInt8(ascii: ":"), let minutes = digits(text, index + 4, 2),
            hours < 24, minutes < 60
        else { return nil }
        index += 6
        let seconds = hours * 3_600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}
