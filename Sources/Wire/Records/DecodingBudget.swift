internal import Core

/// What one batch may unfold to. A constant column takes a few bytes for any number of rows,
/// and a megabyte of zeros compresses to nothing: sizes alone do not bound memory.
struct DecodingBudget {
    /// A batch of the largest size that a gateway can be told to make, of the smallest
    /// windows there are, has as many; 180 MB in memory.
    private var records = 1 << 20
    /// Of windows, events and samples; 100 MB in memory. A batch of 256 KiB has about 150,000.
    private var numbers = 4_000_000

    mutating func take(records count: Int, numbersInEach width: Int = 0) throws(FormatError) {
        guard count <= records else { throw .malformed("too many records for one batch") }
        records -= count
        let (area, overflow) = count.multipliedReportingOverflow(by: width)
        guard !overflow, area <= numbers else { throw .malformed("too many numbers for one batch") }
        numbers -= area
    }
}
