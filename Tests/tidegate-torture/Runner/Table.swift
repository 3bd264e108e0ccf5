/// Faults, how often each was played, and what came of it.
struct Table {
    let rows: [Findings.Row]

    var text: String {
        let cells =
            [["fault", "times", "outcome"]] + rows.map { [$0.fault, $0.times, $0.outcome] }
        let widths = (0..<3).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            let times = String(repeating: " ", count: widths[1] - row[1].count) + row[1]
            let fault = row[0] + String(repeating: " ", count: widths[0] - row[0].count)
            return "\(fault)  \(times)  \(row[2])\n"
        }.joined()
    }
}
