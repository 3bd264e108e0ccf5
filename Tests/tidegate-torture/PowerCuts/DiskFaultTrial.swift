internal import FaultyDisk

/// Each operation of the disk below the store fails once: EIO on reading, writing and syncing,
/// and no room.
struct DiskFaultTrial: Trial {
    let name = "disk-faults"
    let load = TrialLoad.core
    let seed: UInt64

    private static let commits = 20
    /// Of each kind.
    private static let most = 300

    func run(_ progress: Progress) async throws -> Findings {
        var findings = Findings()
        for kind in DiskFaultSweep.Kind.allCases {
            let outcome = await DiskFaultSweep(seed: seed, commits: Self.commits).run(
                kind, most: Self.most
            ) { done, all in progress.note(name, "\(kind), operation \(done) of \(all)") }
            findings.failures += outcome.failures
            findings.add(
                kind.fault, outcome.faults,
                outcome.failures.isEmpty
                    ? "no failure taken for a success, nothing lost"
                    : "\(outcome.failures.count) broken")
        }
        return findings
    }
}

extension DiskFaultSweep.Kind {
    /// For the table.
    fileprivate var fault: String {
        switch self {
        case .read: "EIO from a read of the store"
        case .write: "EIO from a write of the store"
        case .sync: "EIO from a sync of the store"
        case .full: "ENOSPC at a write of the store"
        }
    }
}
