extension Number {
    /// The sum: exact while it fits a decimal.
    package static func + (left: Number, right: Number) -> Number {
        let scale = max(left.scale, right.scale)
        if let a = left.mantissa(at: scale), let b = right.mantissa(at: scale) {
            let (sum, overflow) = a.addingReportingOverflow(b)
            if !overflow { return .decimal(mantissa: sum, scale: scale) }
        }
        return .binary(left.double + right.double)
    }

    package static prefix func - (number: Number) -> Number {
        switch number {
        case .decimal(let mantissa, let scale) where mantissa != .min:
            .decimal(mantissa: -mantissa, scale: scale)
        default: .binary(-number.double)
        }
    }

    package static func - (left: Number, right: Number) -> Number { left + (-right) }

    /// The product: exact while it fits a decimal.
    package static func * (left: Number, right: Number) -> Number {
        if case .decimal(let a, let scaleA) = left, case .decimal(let b, let scaleB) = right,
            scaleA + scaleB <= maximumScale
        {
            let (product, overflow) = a.multipliedReportingOverflow(by: b)
            if !overflow { return .decimal(mantissa: product, scale: scaleA + scaleB) }
        }
        return .binary(left.double * right.double)
    }

    /// A window's mean, in full double precision, here and at the receiver alike.
    package static func mean(count: Number, sum: Number) -> Number {
        // On the wire a sum may have more trailing zeros, and then be another double.
        .binary(sum.normalized.double / count.double)
    }
}
