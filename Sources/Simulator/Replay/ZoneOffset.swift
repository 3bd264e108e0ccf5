/// How far a clock on the wall is ahead of UTC: `+01:00`, `-0530`, `Z`.
package struct ZoneOffset: Hashable, Sendable {
    /// East of Greenwich.
    package let milliseconds: Int64

    package static let utc = ZoneOffset(milliseconds: 0)

    /// `nil` for what is no offset below a day.
    package init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard !scanner.isAtEnd, let offset = ZoneOffset(&scanner), scanner.isAtEnd else {
            return nil
        }
        self = offset
    }

    init?(_ scanner: inout DigitScanner) {
        if scanner.any(of: "Zz") != nil {
            self = .utc
            return
        }
        guard let sign = scanner.any(of: "+-"), let hours = scanner.number(digits: 2) else {
            return nil
        }
        _ = scanner.any(of: ":")
        let minutes = scanner.isAtEnd ? 0 : scanner.number(digits: 2)
        guard hours < 24, let minutes, minutes < 60 else { return nil }
        self.init(milliseconds: (sign == "+" ? 1 : -1) * (hours * 60 + minutes) * 60_000)
    }

    private init(milliseconds: Int64) { self.milliseconds = milliseconds }
}
