/// Microseconds, as a length of time.
package typealias Microseconds = Int64

/// A moment: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// The last microsecond of the year 9999, the last that RFC 3339 can write.
    package static let latest = Timestamp(microseconds: 253_402_300_799_999_999)
    package static let epoch = Timestamp(microseconds: 0)

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (time: Timestamp, span: Microseconds) -> Timestamp {
        Timestamp(microseconds: time.microseconds + span)
    }

    package static func - (left: Timestamp, right: Timestamp) -> Microseconds {
        left.microseconds - right.microseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, with as many decimals of a second as there are.
    package var description: String {
        let (days, inDay) = microseconds.quotientAndFloorRemainder(86_400_000_000)
        let date = CivilDate(daysSinceEpoch: days)
        let seconds = inDay / 1_000_000
        var text = "\(Self.pad(date.year, 4))-\(Self.pad(date.month, 2))-\(Self.pad(date.day, 2))T"
        text += "\(Self.pad(seconds / 3_600, 2)):\(Self.pad(seconds / 60 % 60, 2))"
        text += ":\(Self.pad(seconds % 60, 2))"
        let fraction = inDay % 1_000_000
        if fraction != 0 {
            text +=
                fraction % 1_000 == 0
                ? ".\(Self.pad(fraction / 1_000, 3))" : ".\(Self.pad(fraction, 6))"
        }
        return text + "Z"
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity; the remainder is never negative.
    package func quotientAndFloorRemainder(_ divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
