internal import Core

extension FuzzTarget {
    /// A text that is read as a number and, in each format, as a time.
    static let number = FuzzTarget("number", maximumLength: 256, seeds: numberSeeds) {
        bytes throws(Violation) in
        let text = String(validating: bytes, as: UTF8.self)
        let number = Number(parsing: bytes.span)
        try require(
            number == nil || text.map(isNumber) == true, "taken, and no number")
        if let text, isNumber(text), let double = Double(text) {
            if let number {
                try require(isNear(number.double, double), "\(number) is not \(double)")
            } else {
                try require(
                    double.magnitude > Number.largest * 0.999_999, "\(text) is refused")
            }
        }
        if let number {
            try check(number)
            try checkArithmetic(number)
        }
        for format in TimestampFormat.allCases {
            guard let time = format.parse(bytes.span) else { continue }
            try require(time >= .epoch && time <= .latest, "\(format): \(time.microseconds) us")
            let again = RFC3339.parse(Array("\(time)".utf8).span)
            try require(again == time, "\(format): \(time) reads back as \(again as Any)")
            try checkUnit(format, time, number)
        }
    }

    private static func checkUnit(
        _ format: TimestampFormat, _ time: Timestamp, _ number: Number?
    ) throws(Violation) {
        guard let number else {
            try require(format == .rfc3339, "\(format): a time and no number")
            return
        }
        let factors: [TimestampFormat: Double] = [
            .seconds: 1e6, .milliseconds: 1e3, .microseconds: 1, .nanoseconds: 1e-3,
        ]
        guard let factor = factors[format] else { throw Violation("a number in RFC 3339") }
        let expected = number.double * factor
        // Cut off, not rounded; a double has no microseconds beyond the year 2255.
        try require(
            (expected - Double(time.microseconds)).magnitude <= 1 + 4 * expected.ulp,
            "\(format): \(number) is \(time)")
    }

    /// What becomes of a reading: calibrated, and without trailing zeros.
    private static func checkArithmetic(_ number: Number) throws(Violation) {
        let double = number.double
        try require(isNear(number.normalized.double, double), "\(number) normalized")
        try require((-number).double == -double, "\(number) negated")
        try require((number - number).double == 0, "\(number) minus itself")
        let half = Number.decimal(mantissa: 5, scale: 1)
        try require(isNear((number * half).double, double / 2), "half of \(number)")
        try require((number + number).double.isFinite, "twice \(number)")
    }

    /// RFC 8259's grammar with a sign, in another way than the reader's.
    static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        func digits() -> Int {
            let run = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest.dropFirst(run.count)
            return run.count
        }
        func take(_ characters: String) -> Bool {
            guard let first = rest.first, characters.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = take("+-")
        guard digits() > 0 else { return false }
        if take(".") { guard digits() > 0 else { return false } }
        if take("eE") {
            _ = take("+-")
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static var numberSeeds: [FuzzSeed] {
        let texts = [
            "integer": "42", "decimal": "-23.450", "exponent": "1.5e-7", "plus": "+1E+2",
            "largest": "1e60", "beyond": "1.1e60", "tiny": "4.9e-324", "minus-zero": "-0.0",
            "int64-max": "9223372036854775807", "int64-beyond": "9223372036854775808",
            "int64-min": "-9223372036854775808", "eighteen-places": "0.000000000000000001",
            "nineteen-places": "0.0000000000000000001", "zeros": "00000000000000000000000000012",
            "huge-exponent": "1e99999999999999999999", "no-digits": "-", "dot": ".5",
            "infinity": "Infinity", "nan": "nan", "hex": "0x1p3", "spaces": " 1",
            "seconds": "1763932774.123456789", "milliseconds": "1763932774123",
            "nanoseconds": "1763932774123456789", "year-9999": "253402300799",
            "year-10000": "253402300800", "float-seconds": "1751638859.9100000858306884765625",
            "rfc3339": "2025-11-23T21:19:34.123456789Z", "offset": "2025-11-23 21:19:34-23:59",
            "lower": "2025-11-23t21:19:34z", "leap-day": "2024-02-29T00:00:00Z",
            "no-leap-day": "2100-02-29T00:00:00Z", "leap-second": "1972-06-30T23:59:60Z",
            "before-1970": "1970-01-01T00:00:00+00:01", "year-0": "0000-01-01T00:00:00Z",
            "year-9999-date": "9999-12-31T23:59:59.999999Z", "no-zone": "2025-11-23T21:19:34.5",
        ]
        return texts.sorted { $0.key < $1.key }.map { FuzzSeed($0.key, $0.value) }
    }
}
