/// What came of a run.
package struct SimulationOutcome: Sendable {
    package let seed: UInt64
    /// Empty for a good run; each tells the seed and the step.
    package let failures: [String]
    package let tally: SimulationTally
    /// Of all batches' content, in the order in which the receiver took them: equal for
    /// equal seeds.
    package let fingerprint: UInt64
}
