extension UnitOfMeasure {
    /// `nil` where it is beyond what is sensible.
    func times(_ other: UnitOfMeasure) -> UnitOfMeasure? {
        guard let product = quantity.times(other.quantity) else { return nil }
        let code =
            self.code == "1"
            ? other.code : other.code == "1" ? self.code : self.code + "." + other.component
        return UnitOfMeasure(code: code, quantity: product)
    }

    /// `nil` where it is beyond what is sensible.
    func divided(by other: UnitOfMeasure) -> UnitOfMeasure? {
        guard other.code != "1" else { return self }
        guard let inverse = other.quantity.power(-1), let ratio = quantity.times(inverse) else {
            return nil
        }
        return UnitOfMeasure(
            code: (code == "1" ? "" : code) + "/" + other.component, quantity: ratio)
    }

    /// `nil` where it is beyond what is sensible.
    func power(_ exponent: Int) -> UnitOfMeasure? {
        guard exponent != 0 else { return .one }
        guard let power = quantity.power(exponent) else { return nil }
        // UCUM has no exponents of terms in parentheses.
        let factors = Array(repeating: component, count: Int(exponent.magnitude))
        let product = factors.joined(separator: exponent < 0 ? "/" : ".")
        return UnitOfMeasure(code: (exponent < 0 ? "/" : "") + product, quantity: power)
    }

    /// `(factor * self)^(doubled / 2)` with its unit, which is coherent: roots of other
    /// factors are no units. `nil` where it has none.
    func root(_ doubled: Int) -> (factor: Double, unit: UnitOfMeasure)? {
        guard let dimension = quantity.dimension.times(doubled)?.half else { return nil }
        let power = (0..<min(doubled.magnitude, 100)).reduce(1.0) { product, _ in
            product * quantity.magnitude.double.squareRoot()
        }
        let factor = doubled < 0 ? 1 / power : power
        guard factor.isFinite, factor > 0 else { return nil }
        let coherent = Quantity(dimension: dimension, magnitude: .one)
        return (factor, UnitOfMeasure(code: dimension.code, quantity: coherent))
    }

    /// In which differences of values on this scale are: K of Cel. Itself for other units.
    var difference: UnitOfMeasure {
        guard quantity.isScale else { return self }
        let name = code.prefix { $0 != "{" }
        return UnitOfMeasure(
            code: name.hasSuffix("Cel") ? name.dropLast(3) + "K" : "[degR]",
            quantity: Quantity(dimension: quantity.dimension, magnitude: quantity.magnitude))
    }

    /// As a part of a product; a number too, since `2.5` reads as a decimal, which is no UCUM.
    private var component: String {
        code.contains(where: { $0 == "." || $0 == "/" }) || code.first?.isNumber == true
            ? "(\(code))" : code
    }
}
