/// What a unit stands for: so much of a dimension.
struct Quantity: Hashable, Sendable {
    static let one = Quantity(dimension: .none, magnitude: .one)

    let dimension: Dimension
    /// In the coherent unit of the dimension.
    let magnitude: Magnitude
    /// Where a temperature scale has its 0, in 1/180 K; 0 for all other units. In these,
    /// those of Celsius and Fahrenheit are whole: 273.15 K and 459.67 * 5/9 K.
    var zero = 0

    /// Factors beyond are mistakes, and a conversion's gain must be a double.
    private static let factors = 1e-120...1e120

    /// Values on a scale that has its 0 elsewhere can't be multiplied (UCUM 2.1, section 21).
    var isScale: Bool { zero != 0 }

    /// `nil` beyond what is sensible.
    func times(_ other: Quantity) -> Quantity? {
        guard let dimension = dimension.plus(other.dimension),
            let magnitude = magnitude.times(other.magnitude),
            Self.factors.contains(magnitude.double)
        else { return nil }
        return Quantity(dimension: dimension, magnitude: magnitude)
    }

    /// `nil` beyond what is sensible.
    func power(_ exponent: Int) -> Quantity? {
        guard (-100...100).contains(exponent), let dimension = dimension.times(exponent),
            let magnitude = magnitude.power(exponent), Self.factors.contains(magnitude.double)
        else { return nil }
        return Quantity(dimension: dimension, magnitude: magnitude)
    }
}
