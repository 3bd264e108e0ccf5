internal import Simulator

/// What keeps a recording from being read on: where, what, and what to do, in one line.
package struct RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ place: String, _ problem: String, advice: String) {
        description = "\(place): \(problem); \(advice)"
    }

    init(_ error: SimulatorError) { description = error.description }
}
