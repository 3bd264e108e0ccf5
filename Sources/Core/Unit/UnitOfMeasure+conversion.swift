extension UnitOfMeasure {
    /// `value in other = value * gain + offset`; each rounded once for the usual units, and
    /// within 2 units in the last place for all. `nil` between different dimensions.
    package func conversion(to other: UnitOfMeasure) -> (gain: Double, offset: Double)? {
        guard let exact = ratios(to: other) else { return nil }
        let offset = exact.offset?.double ?? 0
        return (exact.gain.double, exact.isNegative ? -offset : offset)
    }

    /// The same as decimals, so that a decimal stays one. `nil` between different dimensions,
    /// and where gain or offset is no decimal of at most 18 places (m/s from km/h: 1/3.6).
    package func exactConversion(to other: UnitOfMeasure) -> (gain: Number, offset: Number)? {
        guard let exact = ratios(to: other), let gain = exact.gain.decimal else { return nil }
        guard let magnitude = exact.offset else { return (gain.normalized, .zero) }
        guard let offset = magnitude.decimal else { return nil }
        return (gain.normalized, (exact.isNegative ? -offset : offset).normalized)
    }

    private func ratios(
        to other: UnitOfMeasure
    ) -> (gain: Magnitude, offset: Magnitude?, isNegative: Bool)? {
        guard isCommensurable(with: other),
            let gain = quantity.magnitude.times(other.quantity.magnitude.inverse)
        else { return nil }
        let distance = quantity.zero - other.quantity.zero
        guard distance != 0 else { return (gain, nil, false) }
        guard
            let offset = Magnitude(UInt64(distance.magnitude)).times(Magnitude(180).inverse)?
                .times(other.quantity.magnitude.inverse)
        else { return nil }
        return (gain, offset, distance < 0)
    }
}
