internal import Core

/// Decimals brought to one scale.
struct ScaledColumn {
    let scale: UInt8
    let mantissas: [Int64]

    /// `nil` where some number is missing or a double, or does not fit at the scale.
    ///
    /// - Parameter scale: `nil` for the largest that occurs. Smaller than that of a number with
    ///   zeros at its end only in columns that were written before BaseColumn was minded.
    init?(_ numbers: [Number?], scale: UInt8? = nil) {
        let common = scale ?? numbers.lazy.map { $0?.scale ?? 0 }.max() ?? 0
        var mantissas: [Int64] = []
        mantissas.reserveCapacity(numbers.count)
        for number in numbers {
            guard let number,
                let mantissa = number.mantissa(at: common)
                    ?? number.normalized.mantissa(at: common)
            else { return nil }
            mantissas.append(mantissa)
        }
        self.scale = common
        self.mantissas = mantissas
    }
}
