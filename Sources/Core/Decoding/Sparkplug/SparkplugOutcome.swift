/// What a Sparkplug message came to.
package struct SparkplugOutcome: Hashable, Sendable {
    package var decoded = Decoded()
    /// An edge node of which something is not known that only its birth says; the caller
    /// limits how often it is asked.
    package var rebirthRequest: SparkplugNode?
    private var furtherProblems = 0

    package init() {}

    mutating func note(_ problem: @autoclosure () -> String, limit: Int) {
        if decoded.problems.count < limit {
            decoded.problems.append(problem())
        } else {
            furtherProblems += 1
        }
    }

    /// Says how many problems were too many to be said.
    mutating func close() {
        guard furtherProblems > 0 else { return }
        decoded.problems.append("and \(furtherProblems) problems more")
        furtherProblems = 0
    }
}
