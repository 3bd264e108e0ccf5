/// Exponential backoff with full jitter (Brooker, "Exponential Backoff and Jitter", AWS
/// Architecture Blog, 2015): the wait before attempt n is uniform in
/// 0...min(maximum, base * 2^n).
package struct Backoff: Hashable, Sendable {
    package let base: Microseconds
    package let maximum: Microseconds
    /// Failures since the last success.
    package private(set) var failures = 0

    package init(base: Microseconds, maximum: Microseconds) {
        self.base = base
        self.maximum = maximum
    }

    package mutating func succeeded() { failures = 0 }

    /// - Returns: how long to wait.
    package mutating func failed(using generator: inout some RandomNumberGenerator)
        -> Microseconds
    {
        // Beyond 2^40 any maximum has been reached.
        let (bound, overflow) = base.multipliedReportingOverflow(by: 1 << Int64(min(failures, 40)))
        failures += 1
        let ceiling = overflow ? maximum : min(bound, maximum)
        return .random(in: 0...max(ceiling, 0), using: &generator)
    }
}
