/// One kind of fault, played often.
protocol Trial: Sendable {
    /// As `--only` names it.
    var name: String { get }
    /// It measures time or takes both cores: nothing else may run beside it.
    var isAlone: Bool { get }
    /// - Throws: when it could not be played to its end, which is a failure too.
    func run(_ progress: Progress) async throws -> Findings
}
