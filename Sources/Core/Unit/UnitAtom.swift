/// A unit symbol and what it stands for.
struct UnitAtom: Sendable {
    let code: String
    /// Whether it takes prefixes.
    let isMetric: Bool
    /// `value * 10^tens unit`; no unit for the seven base units.
    let value: UInt64
    let tens: Int
    let unit: String
    /// In 1/180 K.
    let zero: Int

    init(
        _ code: String, _ unit: String, _ value: UInt64 = 1, tens: Int = 0, metric: Bool = false,
        zero: Int = 0
    ) {
        (self.code, self.unit, self.value) = (code, unit, value)
        (self.tens, self.zero) = (tens, zero)
        isMetric = metric
    }

    /// An atom, or a prefix and one that takes it.
    static func quantity(of symbol: String) throws(UnitParser.Failure) -> Quantity {
        if let atom = all[symbol] { return try atom.quantity() }
        for (prefix, magnitude) in prefixes where symbol.hasPrefix(prefix) {
            guard let atom = all[String(symbol.dropFirst(prefix.count))], atom.isMetric,
                let product = try atom.quantity().scaled(by: magnitude)
            else { continue }
            return product
        }
        if isLogarithmic(symbol) {
            throw UnitParser.Failure(
                expected: "a unit that is a factor; '\(symbol)' is a logarithm, of which sums "
                    + "and means are no levels")
        }
        throw UnitParser.Failure(expected: "a unit that is known; '\(symbol)' is not")
    }

    private func quantity() throws(UnitParser.Failure) -> Quantity {
        if let base = Dimension.symbols.firstIndex(of: code) {
            return Quantity(dimension: Dimension(base: base), magnitude: .one)
        }
        if code == "[pi]" { return Quantity(dimension: .none, magnitude: .pi) }
        var parser = UnitParser(unit)
        guard
            var quantity = try parser.parse().scaled(by: Magnitude(value, tens: tens))
        else { throw UnitParser.Failure(expected: "a smaller factor of '\(code)'") }
        quantity.zero = zero
        return quantity
    }

    private static func isLogarithmic(_ symbol: String) -> Bool {
        let name = symbol.hasPrefix("d") ? symbol.dropFirst() : symbol[...]
        return name == "B" || name.hasPrefix("B[") || name == "Np" || symbol == "[pH]"
    }
}

extension Quantity {
    /// A prefix leaves a scale's 0 where it is: 1000 mCel are 1 Cel.
    fileprivate func scaled(by factor: Magnitude) -> Quantity? {
        magnitude.times(factor).map {
            Quantity(dimension: dimension, magnitude: $0, zero: zero)
        }
    }
}
