/// Exact wherever it fits a decimal; `nil` for magnitudes beyond 10^60.
extension Number {
    /// - Parameter mantissa: a whole number.
    init?(_ mantissa: Number, timesTenTo exponent: Int64) {
        switch mantissa {
        case .decimal(let digits, _) where (-Int64(Self.maximumScale)...0).contains(exponent):
            self = .decimal(mantissa: digits, scale: UInt8(-exponent))
        case .decimal(let digits, _):
            let text = "\(digits)e\(exponent)"
            self.init(parsing: text.utf8.span)
        case .binary(let double):
            let power = Double("1e\(exponent)") ?? (exponent < 0 ? 0 : .infinity)
            self.init(shortest: double * power)
        }
    }

    /// - Parameter mantissa: a whole number.
    init?(_ mantissa: Number, timesTwoTo exponent: Int64) {
        if case .decimal(let digits, _) = mantissa, (0...62).contains(exponent) {
            let (product, overflow) = digits.multipliedReportingOverflow(by: 1 << exponent)
            if !overflow {
                self = .decimal(mantissa: product, scale: 0)
                return
            }
        }
        self.init(
            shortest: Double(sign: .plus, exponent: Int(exponent), significand: mantissa.double))
    }
}
