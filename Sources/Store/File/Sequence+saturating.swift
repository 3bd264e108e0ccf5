extension Sequence where Element: FixedWidthInteger {
    /// The sum, or the largest number that there is: a damaged store may hold any.
    var saturatingSum: Element {
        reduce(0) { sum, next in
            let (exact, isBeyond) = sum.addingReportingOverflow(next)
            return isBeyond ? (next < 0 ? .min : .max) : exact
        }
    }
}
