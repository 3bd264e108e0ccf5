/// How often something happened in a run, or in many.
package struct SimulationTally: Hashable, Sendable {
    package enum Event: Int, CaseIterable, Sendable {
        case steps, virtualSeconds, published, readings, windows, late
        case kills, powerCuts, reconfigurations, restarts, clockJumps, stalls
        case disconnects, redelivered, dropped, brokerLosses, sessionsLost
        case commitsFailed, doubtfulCommitsKept, snapshots
        case requests, requestsFailed, duplicates, batches, batchesRefused, receiverCrashes
    }

    private var counts = Array(repeating: 0, count: Event.allCases.count)

    package init() {}

    package subscript(event: Event) -> Int {
        get { counts[event.rawValue] }
        set { counts[event.rawValue] = newValue }
    }

    package static func += (left: inout SimulationTally, right: SimulationTally) {
        for event in Event.allCases { left[event] += right[event] }
    }
}

/// Counts for all parts of a run.
final class Meter {
    var tally = SimulationTally()

    func count(_ event: SimulationTally.Event, _ more: Int = 1) { tally[event] += more }
}
