extension Number {
    /// Exact up to `Int64.max`, the nearest double beyond.
    package init(unsigned value: UInt64) {
        self =
            Int64(exactly: value).map { .decimal(mantissa: $0, scale: 0) }
            ?? .binary(Double(value))
    }
}
