/// What came of a run.
package struct SimulationOutcome: Sendable {
    /// How often something happened.
    package final class Tally: @unchecked Sendable {
        package var steps = 0
        package var messages = 0
        package var readings = 0
        package var kills = 0
        package var powerCuts = 0
        package var disconnects = 0
        package var redelivered = 0
        package var dropped = 0
        package var brokerLosses = 0
        package var commitsFailed = 0
        package var commitsInDoubtKept = 0
        package var clockJumps = 0
        package var restarts = 0
        package var snapshots = 0
        package var requests = 0
        package var requestsLost = 0
        package var duplicates = 0
        package var batches = 0
        package var batchesRefused = 0
        package var windows = 0
        package var late = 0
        package var receiverCrashes = 0
        package var virtualSeconds = 0
    }

    package let seed: UInt64
    /// Empty for a good run; each begins with the seed.
    package var failures: [String]
    package let tally: Tally
    /// Of all batches' content, in the order in which the receiver took them: equal for
    /// equal seeds, on every machine with the same C library.
    package let fingerprint: UInt64
}
