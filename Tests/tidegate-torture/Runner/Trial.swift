/// One kind of fault, played often.
protocol Trial: Sendable {
    /// As `--only` names it.
    var name: String { get }
    var load: TrialLoad { get }
    /// - Throws: when it could not be played to its end, which is a failure too.
    func run(_ progress: Progress) async throws -> Findings
}

/// What a trial takes of the machine.
enum TrialLoad: Sendable {
    /// It mostly waits, and may run beside anything but `machine`.
    case little
    case core
    /// Two cores, and does not mind what runs beside it.
    case cores
    /// It measures time or takes both cores: nothing else may run beside it.
    case machine
}
