/// What keeps the simulator from going on, and what to do, in one line.
package struct SimulatorError: Error, Hashable, Sendable, CustomStringConvertible {
    package let problem: String
    package let advice: String

    init(_ problem: String, advice: String) {
        self.problem = problem
        self.advice = advice
    }

    /// The same, with where it is before it: `FILE:12`.
    func at(_ place: String) -> SimulatorError {
        SimulatorError("\(place): \(problem)", advice: advice)
    }

    package var description: String { "\(problem); \(advice)" }
}
