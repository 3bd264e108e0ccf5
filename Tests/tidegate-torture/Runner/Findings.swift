/// What came of a trial.
struct Findings: Sendable {
    /// A line of the table.
    struct Row: Sendable {
        let fault: String
        let times: String
        let outcome: String
    }

    var rows: [Row] = []
    var tally = Tally()
    /// What is not as it should be, a line each; empty: the promise held.
    var failures: [String] = []
    /// What could not be played here, which proves nothing.
    private(set) var skipped: [String] = []

    mutating func skip(_ fault: String, because reason: String) {
        skipped.append(fault)
        add(fault, 0, "SKIPPED: \(reason)")
    }

    mutating func add(_ fault: String, _ times: some CustomStringConvertible, _ outcome: String) {
        rows.append(Row(fault: fault, times: "\(times)", outcome: outcome))
    }

    mutating func add(_ other: Findings) {
        rows += other.rows
        failures += other.failures
        skipped += other.skipped
        tally.add(other.tally)
    }

    /// - Returns: what was expected.
    @discardableResult
    mutating func expect(_ condition: Bool, _ otherwise: @autoclosure () -> String) -> Bool {
        if !condition { failures.append(otherwise()) }
        return condition
    }
}
