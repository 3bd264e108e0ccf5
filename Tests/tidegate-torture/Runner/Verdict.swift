/// What came of all trials, for the end of the run.
struct Verdict: Sendable {
    /// The trials' names as they were asked for.
    let order: [String]
    private var findings: [String: Findings] = [:]

    init(order: [String]) { self.order = order }

    mutating func add(_ result: Findings, of trial: String) { findings[trial] = result }

    private var all: [Findings] { order.compactMap { findings[$0] } }

    private var tally: Tally { all.reduce(into: Tally()) { $0.add($1.tally) } }

    private var skipped: [String] { all.flatMap(\.skipped) }

    var isGood: Bool { tally.isClean && all.allSatisfy(\.failures.isEmpty) }

    /// The table, what failed and how to play it alone, and the last line.
    func text(seed: UInt64, kills: Int) -> String {
        let table = Table(rows: all.flatMap(\.rows)).text
        let failed = order.filter { findings[$0].map { !$0.failures.isEmpty } ?? true }
        let advice = failed.map { name in
            "\(name) failed: \(findings[name]?.failures.first ?? "it was not played")\n"
                + "  again: tidegate-torture --seed \(seed) --only \(name) --kills \(kills)\n"
        }
        // `ok` alone only where all that was asked for was played.
        let left = skipped.isEmpty ? "" : " but skipped: \(skipped.joined(separator: ", "))"
        let verdict = (isGood ? "ok" : "FAILED") + left
        return table + "\n" + advice.joined() + "torture: seed=\(seed) \(tally.text) \(verdict)"
    }
}
