extension Number {
    /// Of a single-precision number the fewest digits that tell it from its neighbours, which
    /// are far fewer than those of the same value as a double: 0.1, not 0.10000000149011612.
    package init?(shortest value: Float) {
        if let whole = Int64(exactly: value) {
            self = .decimal(mantissa: whole, scale: 0)
        } else {
            self.init(parsing: value.description.utf8.span)
        }
    }
}
