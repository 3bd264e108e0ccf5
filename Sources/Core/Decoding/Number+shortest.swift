extension Number {
    /// The fewest digits that read back as the same double, as a decimal where they fit:
    /// what a device measures as 23.45 is 23.45 again. A whole number keeps all its digits.
    /// `nil` for infinities, NaN and magnitudes beyond 10^60.
    package init?(shortest double: Double) {
        if let whole = Int64(exactly: double) {
            self = .decimal(mantissa: whole, scale: 0)
        } else {
            guard double.magnitude <= Self.largest else { return nil }
            let digits = double.description
            self.init(parsing: digits.utf8.span)
        }
    }
}
