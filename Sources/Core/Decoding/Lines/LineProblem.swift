/// What a line lacks, and where in its payload.
struct LineProblem: Error, Hashable, Sendable, CustomStringConvertible {
    let expected: String
    let offset: Int

    var description: String { "expected \(expected) at byte \(offset)" }
}
