/// A measured value: a decimal as the sensor wrote it wherever that fits, so that sums
/// are exact and columns small; a binary double otherwise.
package enum Number: Hashable, Sendable {
    /// `mantissa / 10^scale`, with `scale` in 0...18.
    case decimal(mantissa: Int64, scale: UInt8)
    /// Finite.
    case binary(Double)

    /// No measured value is larger; sums, squares and logarithms of such stay finite.
    package static let largest = 1e60
    package static let maximumScale: UInt8 = 18
    package static let zero = Number.decimal(mantissa: 0, scale: 0)

    package init(_ integer: Int) { self = .decimal(mantissa: Int64(integer), scale: 0) }

    /// The decimal of `scale` places that is nearest to `value`; the double itself where
    /// that does not fit. `nil` for what is not finite.
    package init?(_ value: Double, roundedTo scale: UInt8) {
        guard value.isFinite else { return nil }
        let scaled = (value * Self.power(min(scale, 18))).rounded()
        // Beyond 2^53 the scaled double no longer holds each integer.
        guard scale <= 18, scaled.magnitude < 9_007_199_254_740_992 else {
            self = .binary(value)
            return
        }
        self = .decimal(mantissa: Int64(scaled), scale: scale)
    }

    /// The decimal of `scale` places that is nearest to `value`, or of more, up to 18, where it
    /// takes more for six significant digits; `nil` for what is not finite.
    ///
    /// Zeros behind `scale` places are left out: 1.5 of two places is 1.50, and 0.0015 is that.
    package init?(significant value: Double, roundedTo scale: UInt8) {
        var places = scale
        while places < Self.maximumScale, value != 0,
            value.magnitude * Self.power(places) < 99_999.5
        {
            places += 1
        }
        self.init(value, roundedTo: places)
        guard case .decimal(var mantissa, _) = self else { return }
        while places > scale, mantissa.isMultiple(of: 10) {
            mantissa /= 10
            places -= 1
        }
        self = .decimal(mantissa: mantissa, scale: places)
    }

    package var double: Double {
        switch self {
        case .decimal(let mantissa, let scale): Double(mantissa) / Self.power(scale)
        case .binary(let value): value
        }
    }

    /// Decimal places; 18 for a double.
    package var scale: UInt8 {
        switch self {
        case .decimal(_, let scale): scale
        case .binary: Self.maximumScale
        }
    }

    /// The mantissa at a scale no smaller than its own; `nil` where it does not fit.
    package func mantissa(at scale: UInt8) -> Int64? {
        guard case .decimal(let mantissa, let own) = self, own <= scale else { return nil }
        let (product, overflow) = mantissa.multipliedReportingOverflow(
            by: Self.integerPower(scale - own))
        return overflow ? nil : product
    }

    /// Without trailing zeros, so that equal values are equal.
    package var normalized: Number {
        guard case .decimal(var mantissa, var scale) = self else { return self }
        while scale > 0, mantissa % 10 == 0 {
            mantissa /= 10
            scale -= 1
        }
        return .decimal(mantissa: mantissa, scale: scale)
    }

    /// 10^exponent, exact, for exponents up to 22.
    static func power(_ exponent: UInt8) -> Double { Powers.binary[Int(exponent)] }
    /// 10^exponent for exponents up to 18.
    static func integerPower(_ exponent: UInt8) -> Int64 { Powers.integer[Int(exponent)] }
}

private enum Powers {
    static let integer: InlineArray<19, Int64> = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
        100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ]
    static let binary: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}

extension Number: CustomStringConvertible {
    /// A JSON number that says the value exactly.
    package var description: String {
        switch normalized {
        case .binary(let value): return "\(value)"
        case .decimal(let mantissa, 0): return "\(mantissa)"
        case .decimal(let mantissa, let scale):
            let digits = String(mantissa.magnitude)
            let padded =
                String(repeating: "0", count: max(0, Int(scale) + 1 - digits.utf8.count)) + digits
            let point = padded.index(padded.endIndex, offsetBy: -Int(scale))
            return (mantissa < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
        }
    }
}
