internal import Rig

extension Findings {
    /// Compares what all simulations published with what the receiver exports, where nothing
    /// may be missing: a line of the table, and the figures of the last line.
    mutating func compare(_ plant: Plant, _ fault: String, times: Int) throws {
        let comparison = try plant.compare()
        let gaps = try GapAccount(plant.receiver.exported("gap"))
        tally.lost += comparison.lost
        tally.duplicated += comparison.duplicated
        tally.silent += gaps.uncovered(comparison.differences)
        failures += comparison.differences.prefix(10).map { "\(fault): \($0)" }
        expect(comparison.published > 0, "\(fault): nothing was published")
        expect(gaps.isEmpty, "\(fault): gaps of what is not missing: \(gaps)")
        add(
            fault, times,
            "\(comparison.lost) lost, \(comparison.duplicated) twice of \(comparison.published) "
                + "readings in \(comparison.windows) windows")
    }
}
