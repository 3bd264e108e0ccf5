internal import Foundation

/// One of the benchmark's results, each explained in docs/benchmarks.md.
struct Figure {
    let line: String

    init(_ name: String, _ value: Double, _ unit: String) {
        line = "bench: \(name) \(value.short) \(unit)"
    }
}

extension Double {
    /// Whole from 1,000 on, else three decimals at most.
    var short: String {
        guard isFinite else { return "-" }
        return abs(self) >= 1_000
            ? String(Int(self)) : String(format: abs(self) >= 10 ? "%.1f" : "%.3f", self)
    }
}
