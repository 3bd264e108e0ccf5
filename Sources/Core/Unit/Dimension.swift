/// Exponents of UCUM's seven base units: m, s, g, rad, K, C, cd (UCUM 2.1, table 2). The
/// ampere is derived there, and the radian is not.
struct Dimension: Hashable, Sendable {
    static let symbols = ["m", "s", "g", "rad", "K", "C", "cd"]
    static let none = Dimension()
    /// No exponent goes beyond: what does is a mistake.
    static let maximumExponent = 60

    private var exponents = SIMD8<Int8>(repeating: 0)

    private init() {}

    /// - Parameter base: an index into `symbols`.
    init(base: Int) { exponents[base] = 1 }

    /// `nil` beyond the largest exponent.
    func plus(_ other: Dimension) -> Dimension? {
        map { Int(exponents[$0]) + Int(other.exponents[$0]) }
    }

    /// `nil` beyond the largest exponent.
    ///
    /// - Parameter factor: -100 to 100.
    func times(_ factor: Int) -> Dimension? { map { Int(exponents[$0]) * factor } }

    /// `nil` where an exponent is odd.
    var half: Dimension? {
        for index in 0..<Self.symbols.count where exponents[index] % 2 != 0 { return nil }
        return map { Int(exponents[$0]) / 2 }
    }

    private func map(_ change: (Int) -> Int) -> Dimension? {
        var result = self
        for index in 0..<Self.symbols.count {
            let exponent = change(index)
            guard (-Self.maximumExponent...Self.maximumExponent).contains(exponent) else {
                return nil
            }
            result.exponents[index] = Int8(exponent)
        }
        return result
    }

    /// The UCUM code of the coherent unit: `m.s-1`, and `1` of none.
    var code: String {
        let parts = Self.symbols.indices.filter { exponents[$0] != 0 }.map { index in
            Self.symbols[index] + (exponents[index] == 1 ? "" : "\(exponents[index])")
        }
        return parts.isEmpty ? "1" : parts.joined(separator: ".")
    }
}
