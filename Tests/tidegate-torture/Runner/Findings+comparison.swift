internal import Rig

extension Findings {
    /// Compares what all simulations published with what the receiver exports, where nothing
    /// may be missing: a line of the table, and the figures of the last line.
    mutating func compare(_ plant: Plant, _ fault: String, times: Int) throws {
        let comparison = try plant.compare()
        // A round of a fusion that the first reading of a sensor misses is one of few inputs.
        let gaps = try plant.receiver.exported("gap").split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
            .filter { !$0.contains("below_quorum") }
        tally.lost += comparison.lost
        tally.duplicated += comparison.duplicated
        tally.silent += gaps.isEmpty ? comparison.lost : 0
        failures += comparison.differences.prefix(10).map { "\(fault): \($0)" }
        expect(comparison.published > 0, "\(fault): nothing was published")
        expect(gaps.isEmpty, "\(fault): gaps of what is not missing: \(gaps.prefix(3))")
        add(
            fault, times,
            "\(comparison.lost) lost, \(comparison.duplicated) twice of \(comparison.published) "
                + "readings in \(comparison.windows) windows")
    }
}
